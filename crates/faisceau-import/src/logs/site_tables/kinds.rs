//! The tables that are known, by their columns.

/// A table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `WordPress`: comments.
    WpComments,
    /// `WordPress`: users.
    WpUsers,
    /// `WordPress`: what is kept about users, among it their sessions.
    WpUserMeta,
    /// phpBB: posts.
    BbPosts,
    /// phpBB: private messages.
    BbMessages,
    /// phpBB: users.
    BbUsers,
    /// phpBB: sessions that were open.
    BbSessions,
    /// phpBB: keys of persistent log-ins.
    BbKeys,
    /// phpBB: failed log-ins.
    BbAttempts,
    /// phpBB: what moderators and users did.
    BbLog,
}

impl Kind {
    /// All, those with more columns first.
    pub(super) const ALL: [Self; 10] = [
        Self::WpComments,
        Self::WpUsers,
        Self::WpUserMeta,
        Self::BbPosts,
        Self::BbMessages,
        Self::BbUsers,
        Self::BbSessions,
        Self::BbKeys,
        Self::BbAttempts,
        Self::BbLog,
    ];

    /// The table with these columns.
    pub(super) fn of(columns: &[String]) -> Option<Self> {
        let has = |name: &&str| columns.iter().any(|column| column == name);
        Self::ALL.into_iter().find(|kind| kind.needs().iter().all(has))
    }

    /// Whether its rows hold passwords, keys or tokens: no reject shows the start of such a row.
    pub(super) const fn holds_secrets(self) -> bool {
        matches!(
            self,
            Self::WpUsers | Self::WpUserMeta | Self::BbUsers | Self::BbSessions | Self::BbKeys
        )
    }

    /// The columns that tell it.
    pub(super) const fn needs(self) -> &'static [&'static str] {
        match self {
            Self::WpComments => &[
                "comment_ID",
                "comment_author",
                "comment_author_IP",
                "comment_date_gmt",
                "comment_content",
            ],
            Self::WpUsers => &["ID", "user_login", "user_email", "user_registered"],
            Self::WpUserMeta => &["umeta_id", "user_id", "meta_key", "meta_value"],
            Self::BbPosts => &["post_id", "topic_id", "poster_id", "poster_ip", "post_time"],
            Self::BbMessages => &["msg_id", "author_id", "author_ip", "message_time"],
            Self::BbUsers => &["user_id", "username", "user_regdate", "user_email"],
            Self::BbSessions => &["session_id", "session_user_id", "session_ip", "session_time"],
            Self::BbKeys => &["key_id", "user_id", "last_ip", "last_login"],
            Self::BbAttempts => &["attempt_ip", "attempt_time", "user_id", "username"],
            Self::BbLog => &["log_id", "user_id", "log_ip", "log_time", "log_operation"],
        }
    }

    /// All documented columns.
    pub(super) const fn known(self) -> &'static [&'static str] {
        match self {
            Self::WpComments => &WP_COMMENTS,
            Self::WpUsers => &WP_USERS,
            Self::WpUserMeta | Self::BbKeys => self.needs(),
            Self::BbPosts => &BB_POSTS,
            Self::BbMessages => &BB_MESSAGES,
            Self::BbUsers => &BB_USERS,
            Self::BbSessions => &BB_SESSIONS,
            Self::BbAttempts => &BB_ATTEMPTS,
            Self::BbLog => &BB_LOG,
        }
    }
}

const WP_COMMENTS: [&str; 15] = [
    "comment_ID",
    "comment_post_ID",
    "comment_author",
    "comment_author_email",
    "comment_author_url",
    "comment_author_IP",
    "comment_date",
    "comment_date_gmt",
    "comment_content",
    "comment_karma",
    "comment_approved",
    "comment_agent",
    "comment_type",
    "comment_parent",
    "user_id",
];

const WP_USERS: [&str; 12] = [
    "ID",
    "user_login",
    "user_pass",
    "user_nicename",
    "user_email",
    "user_url",
    "user_registered",
    "user_activation_key",
    "user_status",
    "display_name",
    "spam",
    "deleted",
];

const BB_POSTS: [&str; 30] = [
    "post_id",
    "topic_id",
    "forum_id",
    "poster_id",
    "icon_id",
    "poster_ip",
    "post_time",
    "post_approved",
    "post_reported",
    "enable_bbcode",
    "enable_smilies",
    "enable_magic_url",
    "enable_sig",
    "post_username",
    "post_subject",
    "post_text",
    "post_checksum",
    "post_attachment",
    "bbcode_bitfield",
    "bbcode_uid",
    "post_postcount",
    "post_edit_time",
    "post_edit_reason",
    "post_edit_user",
    "post_edit_count",
    "post_edit_locked",
    "post_visibility",
    "post_delete_time",
    "post_delete_reason",
    "post_delete_user",
];

const BB_MESSAGES: [&str; 22] = [
    "msg_id",
    "root_level",
    "author_id",
    "icon_id",
    "author_ip",
    "message_time",
    "enable_bbcode",
    "enable_smilies",
    "enable_magic_url",
    "enable_sig",
    "message_subject",
    "message_text",
    "message_edit_reason",
    "message_edit_user",
    "message_attachment",
    "bbcode_bitfield",
    "bbcode_uid",
    "message_edit_time",
    "message_edit_count",
    "to_address",
    "bcc_address",
    "message_reported",
];

const BB_USERS: [&str; 78] = [
    "user_id",
    "user_type",
    "group_id",
    "user_permissions",
    "user_perm_from",
    "user_ip",
    "user_regdate",
    "username",
    "username_clean",
    "user_password",
    "user_passchg",
    "user_email",
    "user_email_hash",
    "user_birthday",
    "user_lastvisit",
    "user_last_active",
    "user_lastmark",
    "user_lastpost_time",
    "user_lastpage",
    "user_last_confirm_key",
    "user_last_search",
    "user_warnings",
    "user_last_warning",
    "user_login_attempts",
    "user_inactive_reason",
    "user_inactive_time",
    "user_posts",
    "user_lang",
    "user_timezone",
    "user_dateformat",
    "user_style",
    "user_rank",
    "user_colour",
    "user_new_privmsg",
    "user_unread_privmsg",
    "user_last_privmsg",
    "user_message_rules",
    "user_full_folder",
    "user_emailtime",
    "user_topic_show_days",
    "user_topic_sortby_type",
    "user_topic_sortby_dir",
    "user_post_show_days",
    "user_post_sortby_type",
    "user_post_sortby_dir",
    "user_notify",
    "user_notify_pm",
    "user_notify_type",
    "user_allow_pm",
    "user_allow_viewonline",
    "user_allow_viewemail",
    "user_allow_massemail",
    "user_options",
    "user_avatar",
    "user_avatar_type",
    "user_avatar_width",
    "user_avatar_height",
    "user_sig",
    "user_sig_bbcode_uid",
    "user_sig_bbcode_bitfield",
    "user_jabber",
    "user_actkey",
    "user_actkey_expiration",
    "user_newpasswd",
    "user_form_salt",
    "user_new",
    "user_reminded",
    "user_reminded_time",
    "reset_token",
    "reset_token_expiration",
    "user_dst",
    "user_from",
    "user_icq",
    "user_aim",
    "user_yim",
    "user_msnm",
    "user_website",
    "user_occ",
];

const BB_SESSIONS: [&str; 13] = [
    "session_id",
    "session_user_id",
    "session_forum_id",
    "session_last_visit",
    "session_start",
    "session_time",
    "session_ip",
    "session_browser",
    "session_forwarded_for",
    "session_page",
    "session_viewonline",
    "session_autologin",
    "session_admin",
];

const BB_ATTEMPTS: [&str; 7] = [
    "attempt_ip",
    "attempt_browser",
    "attempt_forwarded_for",
    "attempt_time",
    "user_id",
    "username",
    "username_clean",
];

const BB_LOG: [&str; 11] = [
    "log_id",
    "log_type",
    "user_id",
    "forum_id",
    "topic_id",
    "post_id",
    "reportee_id",
    "log_ip",
    "log_time",
    "log_operation",
    "log_data",
];
