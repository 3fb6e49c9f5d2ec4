//! The codes that requests and identities carry; the report gives each its sentence.

/// Values of `expected`.
pub const EXPECTED_CODES: &[&str] = &[
    // First hop.
    "subscriber_identity", // C1: declared identity, e-mail, phone.
    "subscription_data",   // C2: identifiers, recovery and payment data.
    "connection_source",   // C3: addresses and ports, none of which the case has yet.
    "more_connections",    // C3: the case already has connections of this account.
    "mailbox_holder",      // C1 of a mail provider.
    // Second hop.
    "line_subscriber",   // The holder of a line, who is not necessarily the author.
    "mobile_subscriber", // The holder of a mobile subscription.
    "cgnat_subscriber",  // One subscriber among those who share the address, by the port.
    "shared_by_many",    // Shared address without a port: no operator can answer.
    "site_holder",       // The school, company or hotspot, not the person.
    "server_customer",   // The customer of a rented server.
    "subscriber_if_line", // Nothing says what kind of access it is.
    "vpn_provider",      // A VPN provider, who may keep nothing.
    "relay_provider",    // A privacy relay, which keeps no link to the user.
    "dead_end_cdn",      // The edge of a delivery network: the visitor stands behind it.
    "dead_end_tor",      // A Tor exit: its operator cannot know.
];

/// Values of `missing`.
pub const MISSING_CODES: &[&str] = &[
    "no_ground",              // The case states no fact that an article covers.
    "no_complaint",           // The ground needs a complaint of the victim that is not stated.
    "c3_arguable",            // Connection data under this maximum: « discutable ».
    "addressee_unknown",      // Not in the law files: legal name and seat are to be found.
    "handle_only",            // The immutable id of the account is not known.
    "sender_unauthenticated", // A mail address or a mail header is a claim of the sender.
    "no_permalink",           // The message that sets the last day has no public address.
    "no_dated_post",          // No dated post or connection of this account.
    "no_instant",             // The use of the address is not dated.
    "no_port",                // IPv4 without source port.
    "no_port_up_to_4_lines",  // The same, at an operator that splits addresses between four lines.
    "no_port_thousands",      // The same, where thousands of subscribers share an address.
    "coarse_time",            // The instant is not precise to the second.
    "zone_assumed",           // The zone of the instant comes from the settings.
    "future_time",            // Times after the day of the case were left out.
    "kept_partly",            // The older posts or connections are past the retention.
    "expired",                // The last day is past.
    "more_instants",          // Other uses of this address were left out.
    "more_addresses",         // Other addresses of this account at this operator were left out.
    "tor_no_data",            // No Tor list covers that instant.
];

/// Values of `would_split` of an identity.
pub const WOULD_SPLIT_CODES: &[&str] = &[
    "unlinked_pair",
    "leaning_pair",
    "one_link",
    "without_style",
    "without_time",
    "without_network",
    "without_media",
    "without_identifiers",
    "without_objects",
    "innocent_open",
];
