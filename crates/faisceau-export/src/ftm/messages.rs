//! Messages of examined accounts.

use faisceau_model::rows::Post;

use super::entity::Entity;
use super::entity_id;
use crate::instants::cut;
use crate::uuid5::Keys;

/// A message. `sender` and `recipients` are persons, of whom nothing is said: they stay empty.
pub(super) fn message(keys: &Keys, post: &Post) -> Entity {
    let mut entity = Entity::new(entity_id(keys, post.id.as_str()), "Message");
    entity.add("senderAccount", &entity_id(keys, &format!("account:{}", post.account)));
    if let Some(text) = post.text.known() {
        entity.text("bodyText", text);
    }
    if let Some(at) = post.at.known() {
        entity.add("date", &cut(*at).unwrap_or_default());
        let (precision, zone) = (at.precision(), at.zone());
        entity.text("notes", &format!("time: {at}; precision: {precision}; zone: {zone}"));
    }
    for (property, value) in
        [("threadTopic", &post.thread), ("messageId", &post.content_id), ("title", &post.permalink)]
    {
        if let Some(value) = value.known() {
            entity.add(property, value);
        }
    }
    if let Some(target) = post.target.known() {
        entity.text("notes", &format!("addressed to: {target}"));
    }
    entity.add("recordId", post.id.as_str());
    entity.text("summary", &format!("{} message of {}", post.kind, post.account));
    entity
}
