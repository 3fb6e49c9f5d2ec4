//! Nodes with their attributes.

use faisceau_graph::{Node, NodeInfo};

use super::{Attributes, PlainNode, Value};

pub(super) fn id(node: &Node) -> String {
    format!("{}:{}", node.kind(), node.value())
}

pub(super) fn plain(info: &NodeInfo) -> PlainNode {
    let mut attributes = Attributes::new();
    if let Node::Account(account) = &info.node {
        attributes.push(("platform".into(), Value::Text(account.platform().to_owned())));
        if let Some(role) = info.role.known() {
            attributes.push(("role".into(), Value::Text(role.as_str().to_owned())));
        }
        attributes.push(("posts".into(), Value::count(info.posts)));
    }
    PlainNode {
        id: id(&info.node),
        kind: info.node.kind().as_str(),
        label: info.node.value(),
        attributes,
    }
}
