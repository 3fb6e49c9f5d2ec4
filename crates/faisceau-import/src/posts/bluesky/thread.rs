//! The posts of a thread: a tree of answers.
//!
//! In: the raw text of the tree. Out: the raw text of each post with its pointer, those above
//! before those below. Refused: going on when taking the tree apart has cost [`MAX_WORK`] bytes,
//! for each level is read again with those below it, or when the pointers take [`MAX_POINTERS`].

use std::rc::Rc;

use faisceau_model::Place;
use serde_json::value::RawValue;

use crate::contract::ImportError;
use crate::json::document::document;

/// Most bytes read to take a thread apart: four levels of the largest exhibit, or five hundred of
/// one of some megabytes.
const MAX_WORK: u64 = 2 << 30;
/// Most bytes of all pointers: as many as the largest exhibit has of real posts at fifty levels.
const MAX_POINTERS: usize = 128 << 20;

/// Hands over each post of the tree; what the server does not give is handed over as it stands.
pub(super) fn walk(
    pointer: &str,
    root: &RawValue,
    post: &mut dyn FnMut(&Place, &str),
) -> Option<ImportError> {
    // The pointer above and the step from it: many answers may stand at a great depth.
    let mut open: Vec<(Rc<str>, String, &RawValue)> =
        vec![(Rc::from(pointer), String::new(), root)];
    let (mut work, mut pointers) = (0_u64, 0);
    while let Some((above, step, node)) = open.pop() {
        let pointer: Rc<str> = format!("{above}{step}").into();
        let place = Place::Pointer(pointer.to_string());
        work += node.get().len() as u64;
        pointers += pointer.len();
        if work > MAX_WORK || pointers > MAX_POINTERS {
            let detail = "the thread is nested too deep to be read further".to_owned();
            return Some(ImportError::Limit { place, detail });
        }
        let (found, outcome) = document(node.get(), &|key| key == "replies");
        let Some(view) = found.other("post").filter(|_| outcome.is_ok()) else {
            post(&place, node.get());
            continue;
        };
        post(&Place::Pointer(format!("{pointer}/post")), view.get());
        let replies = found.lists.into_iter().flat_map(|(_, list)| list).enumerate();
        let mut next: Vec<_> = replies
            .map(|(index, raw)| (pointer.clone(), format!("/replies/{index}"), raw))
            .collect();
        next.reverse();
        open.append(&mut next);
        if let Some(parent) = found.others.iter().rev().find(|(key, _)| key == "parent") {
            open.push((pointer, "/parent".to_owned(), parent.1));
        }
    }
    None
}
