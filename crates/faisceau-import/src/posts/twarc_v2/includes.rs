//! What a page of the second API of X says apart from its tweets.
//!
//! In: the object `includes`. Out: users, tweets and pictures by their ids. Refused: nothing; an
//! id that is not there gives nothing.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::json::{self, Object};

/// Users, tweets and pictures of a page.
#[derive(Debug, Default)]
pub(super) struct Includes {
    users: BTreeMap<String, Object>,
    tweets: BTreeMap<String, Object>,
    media: BTreeMap<String, Object>,
}

impl Includes {
    pub(super) fn new(mut includes: Object) -> Self {
        let mut by = |list: &str, key: &str| -> BTreeMap<String, Object> {
            let Some(Value::Array(values)) = includes.remove(list) else { return BTreeMap::new() };
            let objects = values.into_iter().filter_map(|value| match value {
                Value::Object(object) => Some((json::field(&object, key)?, object)),
                _ => None,
            });
            objects.collect()
        };
        Self {
            users: by("users", "id"),
            tweets: by("tweets", "id"),
            media: by("media", "media_key"),
        }
    }

    pub(super) fn user(&self, id: &str) -> Option<&Object> {
        self.users.get(id)
    }

    pub(super) fn tweet(&self, id: &str) -> Option<&Object> {
        self.tweets.get(id)
    }

    pub(super) fn media(&self, key: &str) -> Option<&Object> {
        self.media.get(key)
    }
}
