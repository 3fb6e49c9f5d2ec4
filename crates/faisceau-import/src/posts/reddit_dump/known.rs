//! Keys of the things of Reddit, over all years of the dumps.

/// Those that are read.
#[rustfmt::skip]
pub(in crate::posts) const READ: [&str; 18] = [
    "author", "author_created_utc", "author_fullname", "body", "created_utc", "crosspost_parent",
    "gallery_data", "id", "is_self", "link_id", "permalink", "permalink_url", "retrieved_on",
    "retrieved_utc", "selftext", "subreddit", "title", "url",
];

/// Those that are known and not read.
#[rustfmt::skip]
pub(in crate::posts) const UNREAD: [&str; 188] = [
    "_meta", "ad_business", "ad_promoted_user_posts", "ad_supplementary_text_md",
    "ad_user_targeting", "adserver_click_url", "adserver_imp_pixel", "all_awardings",
    "allow_live_comments", "app_store_data", "approved", "approved_at_utc", "approved_by",
    "archived", "associated_award", "author_cakeday", "author_flair_background_color",
    "author_flair_css_class", "author_flair_richtext", "author_flair_template_id",
    "author_flair_text", "author_flair_text_color", "author_flair_type", "author_id",
    "author_is_blocked", "author_patreon_flair", "author_premium", "awarders", "ban_note",
    "banned_at_utc", "banned_by", "body_html", "brand_safe", "call_to_action", "campaign_id",
    "can_gild", "can_mod_post", "category", "clicked", "collapsed",
    "collapsed_because_crowd_control", "collapsed_reason", "collapsed_reason_code", "collections",
    "comment_type", "content_categories", "contest_mode", "controversiality", "created",
    "crosspost_parent_list", "depth", "disable_comments", "discussion_type", "distinguished", "domain",
    "domain_override", "downs", "editable", "edited", "embed_type", "embed_url", "event_end",
    "event_is_live", "event_start", "events", "eventsOnRender", "expression_asset_data", "from",
    "from_id", "from_kind", "full_link", "gilded", "gildings", "hidden", "hide_score", "href_url",
    "ignore_reports", "imp_pixel", "impression_id", "impression_id_str", "is_blank",
    "is_created_from_ads_ui", "is_crosspostable", "is_gallery", "is_meta", "is_original_content",
    "is_reddit_media_domain", "is_robot_indexable", "is_submitter", "is_survey_ad", "is_video",
    "likes", "link_author", "link_flair_background_color", "link_flair_css_class", "link_flair_richtext",
    "link_flair_template_id", "link_flair_text", "link_flair_text_color", "link_flair_type",
    "link_permalink", "link_title", "link_url", "live_audio", "locked", "media", "media_embed", "media_metadata", "media_only", "mobile_ad_url",
    "mod_note", "mod_reason_by", "mod_reason_title", "mod_reports", "name", "no_follow",
    "num_comments", "num_crossposts", "num_reports", "original_link", "outbound_link", "over_18",
    "parent_id", "parent_whitelist_status", "pinned", "poll_data", "post_categories", "post_hint",
    "preview", "previous_visits", "priority_id", "product_ids", "profile_img", "profile_over_18",
    "promo_layout", "promoted", "promoted_by", "promoted_display_name", "promoted_url", "pwls",
    "quarantine", "quarantined", "removal_reason", "removed", "removed_by", "removed_by_category",
    "replies", "report_reasons", "rpan_video", "rte_mode", "saved", "score", "score_hidden",
    "secure_media", "secure_media_embed", "selftext_html", "send_replies", "show_media",
    "sk_ad_network_data", "spam", "spoiler", "steward_reports", "stickied", "subcaption",
    "subreddit_id", "subreddit_name_prefixed", "subreddit_subscribers", "subreddit_type",
    "suggested_sort", "third_party_trackers", "third_party_tracking", "third_party_tracking_2",
    "thumbnail", "thumbnail_height", "thumbnail_width", "top_awarded_type", "total_awards_received",
    "tournament_data", "treatment_tags", "unrepliable_reason", "ups", "upvote_ratio",
    "url_overridden_by_dest", "user_reports", "view_count", "visited", "whitelist_status", "wls",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_is_both() {
        assert!(READ.iter().all(|key| !UNREAD.contains(key)));
    }
}
