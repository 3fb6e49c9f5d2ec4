//! Keys of captured items that are known and not read, at any depth: counters, sizes, further
//! renditions of pictures, what the page needs to draw itself.
//!
//! They are passed over while an item is parsed. A key that one platform's mapper reads stands in
//! none of them, and each platform lists those that it has beside.

/// The keys, sorted.
#[rustfmt::skip]
pub(super) const KEYS: [&str; 451] = [
    "$recipeTypes", "$type", "*socialDetail", "AIGCDescription", "BAInfo", "CategoryType",
    "HasPromoteEntry", "IsAigc", "IsHDBitrate", "_zs_html_embedded_json", "_zs_instagram_view",
    "_zs_partial", "accessibilityText", "accessibility_caption", "account_badges", "account_labels",
    "account_type", "adAuthorization", "adLabelVersion", "ad_action", "ad_id", "additionalContents",
    "additional_candidates", "additional_media_info", "advance_feature_item_order",
    "advanced_feature_info", "affiliates_highlighted_label", "aggregatedContent", "aigcLabelType",
    "all_previous_submitters", "allow_download_photo", "allow_download_status",
    "allow_reply_with_video", "anchors", "annotation", "are_remixes_crosspostable", "article",
    "audience", "audio", "authorSecId", "authorStats", "authorStatsV2", "author_pin", "avatar",
    "avatarLarger", "avatarMedium", "avatarThumb", "avatar_168x168", "avatar_300x300",
    "avatar_larger", "avatar_medium", "avatar_thumb", "avatar_uri", "backendSourceEventTracking",
    "birdwatch_pivot", "bitrateInfo", "bold_fields", "bookmark_count", "bookmarked",
    "boost_unavailable_identifier", "boost_unavailable_reason", "boosted_status",
    "brandOrganicType", "business_account", "canExpPlaylist", "can_dm", "can_media_tag",
    "can_message_follow_status_list", "can_reply", "can_reshare", "can_save",
    "can_see_insights_as_brand", "can_set_geofencing", "can_viewer_reshare", "can_viewer_save",
    "canonical_url", "caption_add_on", "caption_is_edited", "card", "carouselContent",
    "carousel_media_count", "carousel_media_ids", "carousel_parent_id", "cha_list", "challenges",
    "channelTags", "client_cache_key", "clips_attribution_info", "clips_metadata",
    "clips_tab_pinned_user_ids", "coauthor_producers", "collect_stat", "collected",
    "commentSetting", "comment_count", "comment_likes_enabled", "comment_post_item_ids",
    "comment_threading_enabled", "commenting_disabled_for_viewer", "comments", "comments_disabled",
    "commerceUserInfo", "commerciality_status", "community", "community_info",
    "community_relationship", "community_results", "contents", "contextualActionComponent",
    "contextualActionV2", "contextualCommentary", "contextualHeader", "contributors", "controlName",
    "conversation_control", "conversation_id", "coordinates", "cover_url", "creatorAIComment",
    "creator_subscriptions_count", "crosspost_metadata", "cutout_sticker_info", "default_profile",
    "default_profile_image", "deleted_reason", "detailHeader", "device_timestamp", "diggCount",
    "digg_count", "digged", "dimensions", "display_resources", "display_text_range",
    "diversificationId", "diversificationLabels", "dm_permissions", "downloadSetting",
    "duetDisplay", "duetEnabled", "duetInfo", "duetSetting", "edge_liked_by",
    "edge_media_preview_comment", "edge_media_preview_like", "edge_media_to_comment",
    "edge_media_to_tagged_user", "edge_sidecar_to_children", "edit_control", "edit_perspective",
    "effectStickers", "entities", "entity_set", "estimated_scans_sizes", "event", "events",
    "expiring_at", "explore", "ext_edit_control", "ext_media_availability", "ext_views",
    "facepile_top_likers", "fast_followers_count", "favorite_count", "favorited",
    "favourites_count", "fb_like_count", "fbid", "fbid_v2", "features", "feed_demotion_control",
    "feed_recs_demotion_control", "feedback_info", "filter_type", "floating_context_items",
    "fold_status", "followAction", "follow_hashtag_info", "followerCount", "followers_count",
    "followers_detail", "following", "followingInfo", "footer", "forFriend",
    "forbid_reply_with_video", "friends_count", "friendship_status", "ftc", "fundraiser_tag",
    "gating_info", "gen_ai_detection_method", "geo", "geofencing", "giphy_media_info",
    "grok_analysis_button", "grok_annotations", "grok_share_attachment",
    "has_anonymous_profile_picture", "has_audio", "has_birdwatch_notes", "has_custom_timelines",
    "has_graduated_access", "has_liked", "has_more_comments", "has_shared_to_fb",
    "has_viewer_saved", "hd_profile_pic_url_info", "hd_profile_pic_versions", "header", "headline",
    "heartCount", "height", "highlightedComments", "highlights_info", "homepage_bottom_toast",
    "ig_media_sharing_disabled", "imageHeight", "imageWidth", "image_versions",
    "in_reply_to_status_id", "in_reply_to_user_id", "indexEnabled", "indices", "inline_media",
    "interstitial", "inventory_source", "invited_coauthor_producers", "isADVirtual",
    "isActivityItem", "isAd", "isECVideo", "isEmbedBanned", "isPinnedItem", "isReviewing",
    "isStory", "is_author_digged", "is_blue_verified", "is_comment_translatable",
    "is_dash_eligible", "is_fb_only", "is_high_purchase_intent", "is_internal_only",
    "is_paid_partnership", "is_post_unavailable", "is_private", "is_quote_status", "is_seen",
    "is_translatable", "is_translator", "is_unpublished", "is_verified", "is_video",
    "itemCommentStatus", "itemMute", "item_control", "item_list", "keywordTags", "label_list",
    "label_text", "label_type", "latest_reel_media", "leadGenFormContent", "leadGenFormContentV2",
    "like_and_view_counts_disabled", "like_count", "limitedActionResults", "limited_actions",
    "link", "listed_count", "location", "locationCreated", "logging_info_token",
    "main_feed_carousel_starting_media_id", "maskType", "media_attributions_data", "media_count",
    "media_key", "media_level_comment_controls", "media_notes", "media_overlay_info",
    "media_permissions", "media_preview", "media_results", "media_type", "metadata",
    "moderationAigcLabelType", "music", "musicAiCoverAuthor", "musicAiVocalAuthor",
    "music_metadata", "mutual_relation_avatars", "need_points", "nickNameModifyTime", "no_show",
    "nonEntityProfilePicture", "normal_followers_count", "number_of_qualities", "offTagLanguage",
    "officalItem", "openFavorite", "organic_tracking_token", "originalItem", "original_height",
    "original_info", "original_width", "parody_commentary_fan_label", "partnershipInfo",
    "photo_of_you", "pinned_tweet_ids_str", "place", "platform_sync_info", "play_count",
    "playlistId", "poi", "possibly_sensitive", "possibly_sensitive_editable",
    "post_image_description", "post_video_description", "predicted_age_group", "preview",
    "preview_comments", "previous_counts", "privacy", "privateAccount", "privateItem",
    "professional", "profile_banner_url", "profile_grid_thumbnail_fitting_style",
    "profile_image_shape", "profile_image_url_https", "profile_interstitial_type", "profile_pic_id",
    "profile_pic_url", "promoted", "quick_promote_eligibility", "quote_count", "quotedRefResult",
    "quoted_status_id_str", "quoted_status_permalink", "quoted_status_result", "reactionsOnUpdate",
    "relatedContent", "relation", "relationship_perspectives", "relative_users", "reply_comment",
    "reply_comment_total", "reply_count", "reply_score", "reply_to_reply_id", "reply_to_userid",
    "retweet_count", "retweeted", "richtext", "roomId", "saveAction", "saved_collection_ids",
    "scans_profile", "scheduleTime", "scopes", "scrubber_spritesheet_info_candidates",
    "search_highlight", "secUid", "sec_uid", "secret", "self_thread", "shareEnabled",
    "sharing_friction_info", "shield_edit_field_info", "showNotPass", "showSocialDetail",
    "show_more_score", "sizes", "socialContent", "socialDetail", "social_context",
    "sort_extra_score", "sort_tags", "sourceUser", "source_status_id_str", "source_user_id_str",
    "sponsor_tags", "stats", "statsV2", "status", "statusV2", "statuses_count", "stick_position",
    "sticker", "stickersOnItem", "stitchDisplay", "stitchEnabled", "stitchSetting", "storyStatus",
    "strong_id__", "suggestAccountBind", "suggestedWords", "super_follow_eligible",
    "supplemental_language", "supplementaryActorInfo", "takeDown", "textExtra", "textTranslatable",
    "text_extra", "thumbnail", "thumbnail_resources", "thumbnail_src", "thumbnails",
    "timeline_pinned_user_ids", "tipjar_settings", "titleLanguage", "titleTranslatable",
    "top_likers", "tracking", "trackingUrn", "trans_btn_style", "transcription_data",
    "translator_type", "transparency_product_enabled", "ttSeller", "type", "type_label",
    "uniqueIdModifyTime", "unmention_data", "updateActions", "updateV2Actions", "userStoryStatus",
    "user_buried", "user_digged", "user_id", "user_profile_guide", "user_tags", "usertags",
    "verification", "verified", "verified_type", "verified_user_profiles", "video", "videoCount",
    "videoSuggestWordsList", "video_dash_manifest", "video_versions", "view_count",
    "view_more_score", "views", "vl1", "want_retweets", "warnInfo", "white_cover_url",
    "withheld_in_countries", "withheld_scope",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::posts::zeeschuimer::{ENVELOPE, PLATFORMS, platform};

    #[test]
    fn no_key_that_a_mapper_knows_is_passed_over() {
        assert!(KEYS.is_sorted_by(|a, b| a < b));
        let keys: BTreeSet<&str> = KEYS.into_iter().collect();
        assert!(ENVELOPE.iter().all(|key| !keys.contains(key)));
        for known in PLATFORMS.iter().map(|name| platform(name).unwrap().known) {
            assert!(known.iter().all(|key| !keys.contains(key)));
        }
    }
}
