//! The forum's public posts as a plain table, the way its operator exports them.
//!
//! Two records are planted without author id; an importer must refuse them and keep the rest.

use super::{csv, header};
use crate::activity::Post;
use crate::calendar::utc;
use crate::cast::{Cast, Service};

/// Writes the table.
pub(crate) fn forum(cast: &Cast, posts: &[Post]) -> Vec<u8> {
    let mut records = vec![header(&[
        "post_id",
        "auteur_id",
        "pseudo",
        "date_utc",
        "sujet",
        "message",
        "url",
        "image",
    ])];
    let on_forum = posts.iter().filter(|p| cast.accounts[p.account].service == Service::Forum);
    for (index, post) in on_forum.enumerate() {
        let account = &cast.accounts[post.account];
        let id = 48_210 + 3 * index;
        records.push(vec![
            format!("p{id}"),
            account.native.clone(),
            account.name.clone(),
            utc(post.at, "%Y-%m-%dT%H:%M:%SZ"),
            subject(post.topic).to_owned(),
            post.text.clone(),
            format!("https://forum-du-lac.example/sujet/{}#p{id}", slug(post.topic)),
            post.media.unwrap_or_default().to_owned(),
        ]);
    }
    for at in [records.len() / 3, records.len() / 2] {
        let mut broken = records[at].clone();
        broken[0] = format!("{}b", broken[0]);
        broken[1] = String::new();
        broken[2] = String::new();
        "(compte supprimé par l'export)".clone_into(&mut broken[5]);
        broken[7] = String::new();
        records.insert(at, broken);
    }
    csv(&records)
}

fn slug(topic: &str) -> usize {
    100 + topic.bytes().map(usize::from).sum::<usize>() % 97
}

/// The title of the thread that a topic is discussed in.
pub(crate) fn subject(topic: &str) -> &'static str {
    match topic {
        "prix" => "Les prix de l'atelier des Lilas",
        "pain" => "Le pain de l'atelier",
        "bol" => "Vos bols tiennent-ils l'eau ?",
        "stage" => "Les stages de poterie",
        "horaires" => "Horaires et retards",
        "marche" => "Le marché du samedi",
        "rumeur" => "On entend tout et son contraire",
        "blog" => "Le blog de l'atelier",
        "forum" => "Vie du forum",
        "club" => "Le club de poterie",
        "lac" => "Autour du lac",
        "ville" => "La vie du bourg",
        "jeu" => "Blagues et jeux",
        _ => "Vos avis",
    }
}
