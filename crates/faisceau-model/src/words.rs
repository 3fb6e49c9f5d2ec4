//! Closed vocabularies, written in tables as lower-case text.

/// Declares an enum whose variants have one stable text each, used in tables and JSON.
macro_rules! text_enum {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* $variant,)+ }

        impl $name {
            /// Every value, in declaration order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The text that stands for this value in tables and JSON.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::table::FieldError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    _ => Err($crate::table::FieldError::word(stringify!($name), text)),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        $crate::table::text_field!($name);
    };
}
pub(crate) use text_enum;

text_enum! {
    /// What an account is in the case.
    pub enum Role {
        /// Compared with the others.
        Examined = "examined",
        /// Belongs to the person who brings the case.
        Claimant = "claimant",
        /// Seen in the exhibits, neither examined nor the claimant's.
        ThirdParty = "third_party",
    }
}

text_enum! {
    /// What sort of message a post is.
    pub enum PostKind {
        /// Published for anyone to read.
        Public = "public",
        /// Sent to one or several persons.
        Private = "private",
        /// An electronic mail.
        Mail = "mail",
        /// Somebody else's words, forwarded or shared: never compared for style.
        Forwarded = "forwarded",
    }
}

text_enum! {
    /// The special-purpose registry an address falls in (RFC 6890).
    pub enum AddressScope {
        /// Routed on the Internet.
        Global = "global",
        /// Private use (RFC 1918, RFC 4193).
        Private = "private",
        /// Shared address space of carrier-grade NAT (RFC 6598).
        Shared = "shared",
        /// Loopback.
        Loopback = "loopback",
        /// Link-local.
        LinkLocal = "link_local",
        /// Reserved for documentation (RFC 5737, RFC 3849).
        Documentation = "documentation",
        /// Multicast.
        Multicast = "multicast",
        /// Reserved, unspecified, or otherwise never a client.
        Reserved = "reserved",
    }
}

text_enum! {
    /// What a dated list says of an address at an instant. Unknown is a value.
    pub enum Listing {
        /// The list has the address at that instant.
        Listed = "listed",
        /// The list covers that instant and does not have the address.
        NotListed = "not_listed",
        /// The list does not cover that instant.
        NoData = "no_data",
    }
}

text_enum! {
    /// What kind of access an address gives, as far as the datasets and the overlay say.
    pub enum AccessKind {
        /// A line of a home or a small office, one subscriber at a time.
        AccessLine = "access_line",
        /// A mobile network.
        Mobile = "mobile",
        /// One address shared by many subscribers of one operator.
        Cgnat = "cgnat",
        /// A school, a company, a public hotspot: many people behind one address.
        SharedSite = "shared_site",
        /// Rented servers.
        Hosting = "hosting",
        /// A commercial VPN.
        Vpn = "vpn",
        /// A privacy relay that keeps the region of its user.
        Relay = "relay",
        /// A Tor exit at that instant.
        TorExit = "tor_exit",
        /// Nothing known says what it is.
        Unknown = "unknown",
    }
}

text_enum! {
    /// A family of signals. Signals of one family are never multiplied with each other.
    pub enum Family {
        /// How the text is written.
        Style = "style",
        /// When the account is active.
        Time = "time",
        /// Addresses and devices.
        Network = "network",
        /// Images and what made them.
        Media = "media",
    }
}

text_enum! {
    /// The pair of propositions that a comparison speaks to.
    pub enum Relation {
        /// H1: one person controls both accounts; H2: different persons of the same population do.
        SameHand = "same_hand",
        /// Different persons acting together. Never added to [`Relation::SameHand`].
        Coordination = "coordination",
    }
}

text_enum! {
    /// A head of request: which category of data is asked for (CPCE L.34-1 II bis).
    pub enum Head {
        /// Civil identity, 5 years after the end of the contract.
        C1 = "C1",
        /// Other subscription and payment data, 1 year after the end of the contract.
        C2 = "C2",
        /// Technical data that identify the source of the connection, 1 year from it.
        C3 = "C3",
    }
}

text_enum! {
    /// Why a record gave no row.
    pub enum RejectReason {
        /// Not the syntax of the format.
        Syntax = "syntax",
        /// Longer, deeper or larger than the limits allow.
        Limit = "limit",
        /// The time could not be read or does not exist.
        Time = "time",
        /// The address could not be read.
        Address = "address",
        /// A required field is not there.
        MissingField = "missing_field",
        /// Ends before it should.
        Truncated = "truncated",
        /// Read and understood, of no use here (a service message, a header line).
        SetAside = "set_aside",
    }
}

text_enum! {
    /// What checking a signature gave.
    pub enum SignatureState {
        /// The signature is that of a key in the case, over these very bytes.
        Good = "good",
        /// The bytes are not those that were signed.
        Bad = "bad",
        /// No key in the case could have made it: nothing was checked.
        NoKey = "no_key",
        /// It cannot be read.
        Malformed = "malformed",
    }
}

text_enum! {
    /// The sort of a datum that an addressee declares of a subscriber.
    pub enum SubscriberCategory {
        /// Name, first name, company.
        Name = "name",
        /// Date or place of birth.
        Birth = "birth",
        /// Postal address.
        PostalAddress = "postal_address",
        /// E-mail address.
        Email = "email",
        /// Telephone number.
        Phone = "phone",
        /// Means or reference of payment.
        Payment = "payment",
        /// Identifier of the account, contract, line or device.
        Identifier = "identifier",
        /// Anything else.
        Other = "other",
    }
}

text_enum! {
    /// Whether the clock inside an id says the same as the declared time.
    pub enum ClockVerdict {
        /// Within what the service does on its own.
        Agrees = "agrees",
        /// Beyond it.
        Disagrees = "disagrees",
        /// There is no declared time to compare with.
        Alone = "alone",
    }
}
