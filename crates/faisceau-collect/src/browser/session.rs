//! Orders to the browser and what it tells meanwhile (`DevTools` protocol, flat sessions).
//!
//! In: an order with the time that it may take. Out: its answer. While one is waited for, events
//! are read: requests are written down, dialogs dismissed, windows closed, frames and workers of the
//! page joined. Nothing waits longer than its time, or than the whole capture may take.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::network::Network;
use super::record::Refused;
use super::value::{cut, text};
use super::wire::{Message, NoMessage, Wire};

/// Addresses of windows and downloads that are kept.
const TOLD: usize = 100;
/// Frames and workers that are joined.
const TARGETS: u32 = 500;

/// An order, and what goes with it.
type Order = (&'static str, fn() -> Value);

/// Orders that end the scripts of a page and let none begin. In the other order, a script that asks
/// without end goes on.
pub(super) const STOP: [Order; 2] = [
    ("Runtime.terminateExecution", || json!({})),
    ("Emulation.setScriptExecutionDisabled", || json!({"value": true})),
];

/// Why an order has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum CallError {
    #[error("no answer in time")]
    Late,
    #[error("the browser has ended")]
    Gone,
    #[error("the page has crashed")]
    Crashed,
    #[error("the browser says: {0}")]
    Fault(String),
}

impl From<NoMessage> for CallError {
    fn from(none: NoMessage) -> Self {
        match none {
            NoMessage::Late => Self::Late,
            NoMessage::Gone => Self::Gone,
        }
    }
}

/// Whom an order is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum To {
    Browser,
    Page,
}

pub(super) struct Session {
    wire: Wire,
    last: u64,
    deadline: Instant,
    /// The session of the page, once it is there.
    page: Option<String>,
    /// The target that is the page.
    target: Option<String>,
    joined: u32,
    pub(super) network: Network,
    pub(super) refused: Refused,
    /// The page has told that it is loaded.
    pub(super) loaded: bool,
    pub(super) crashed: bool,
    /// Scripts are ended wherever they ask something.
    pub(super) stops_scripts: bool,
}

impl Session {
    pub(super) fn new(wire: Wire, network: Network, deadline: Instant) -> Self {
        Self {
            wire,
            last: 0,
            deadline,
            page: None,
            target: None,
            joined: 0,
            network,
            refused: Refused::default(),
            loaded: false,
            crashed: false,
            stops_scripts: false,
        }
    }

    /// Makes the page and joins it.
    pub(super) fn open(&mut self, limit: Duration) -> Result<(), CallError> {
        let made =
            self.call(To::Browser, "Target.createTarget", json!({"url": "about:blank"}), limit)?;
        self.target = Some(text(&made, "/targetId").to_owned());
        let params = json!({"targetId": self.target, "flatten": true});
        let joined = self.call(To::Browser, "Target.attachToTarget", params, limit)?;
        self.page = Some(text(&joined, "/sessionId").to_owned());
        // From now on every window is one that the page opens.
        let params = json!({"autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true});
        self.call(To::Browser, "Target.setAutoAttach", params.clone(), limit)?;
        self.call(To::Page, "Target.setAutoAttach", params, limit)?;
        Ok(())
    }

    /// Gives an order and waits for its answer.
    pub(super) fn call(
        &mut self,
        to: To,
        method: &'static str,
        params: Value,
        limit: Duration,
    ) -> Result<Value, CallError> {
        if to == To::Page && self.crashed {
            return Err(CallError::Crashed);
        }
        let session = if to == To::Page { self.page.clone() } else { None };
        let number = self.order(session.as_deref(), method, params)?;
        let until = (Instant::now() + limit).min(self.deadline);
        loop {
            let message = self.wire.receive(until)?;
            if message.id == Some(number) {
                return match message.error {
                    Some(fault) => Err(CallError::Fault(cut(&fault.message, 256).0)),
                    None => Ok(message.result),
                };
            }
            self.take(&message)?;
            if to == To::Page && self.crashed {
                return Err(CallError::Crashed);
            }
        }
    }

    /// Gives an order to the page whose answer matters to nobody.
    pub(super) fn post(&mut self, method: &'static str, params: Value) -> Result<(), CallError> {
        let session = self.page.clone();
        self.order(session.as_deref(), method, params).map(drop)
    }

    /// Reads what comes until a time.
    pub(super) fn listen(&mut self, until: Instant) -> Result<(), CallError> {
        let until = until.min(self.deadline);
        loop {
            match self.wire.receive(until) {
                Ok(message) => self.take(&message)?,
                Err(NoMessage::Late) => return Ok(()),
                Err(NoMessage::Gone) => return Err(CallError::Gone),
            }
            if Instant::now() >= until {
                return Ok(());
            }
        }
    }

    /// The time that is left altogether.
    pub(super) fn left(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }

    fn order(
        &mut self,
        session: Option<&str>,
        method: &str,
        params: Value,
    ) -> Result<u64, CallError> {
        self.last += 1;
        let mut order = json!({"id": self.last, "method": method});
        if let Some(order) = order.as_object_mut() {
            order.insert("params".to_owned(), params);
            order.extend(session.map(|session| ("sessionId".to_owned(), session.into())));
        }
        self.wire.send(&order)?;
        Ok(self.last)
    }

    /// Takes what was not waited for.
    fn take(&mut self, message: &Message) -> Result<(), CallError> {
        if let Some(number) = message.id {
            let error = message.error.as_ref().map(|fault| fault.message.as_str());
            self.network.answer(number, &message.result, error);
        } else {
            self.event(message)?;
        }
        while let Some(wanted) = self.network.next_body() {
            let params = json!({"requestId": wanted.request});
            let session = wanted.session.clone();
            let number = self.order(session.as_deref(), "Network.getResponseBody", params)?;
            self.network.asked(number, &wanted);
        }
        Ok(())
    }

    fn event(&mut self, message: &Message) -> Result<(), CallError> {
        let (params, session) = (&message.params, message.session.as_deref());
        let of_page = session.is_some() && session == self.page.as_deref();
        match message.method.as_str() {
            "Page.javascriptDialogOpening" => {
                self.refused.dialogs += 1;
                let answer = json!({"accept": false});
                self.order(session, "Page.handleJavaScriptDialog", answer)?;
                if self.stops_scripts {
                    // It arrives while the script runs, not while it waits for its answer.
                    for (method, params) in STOP {
                        self.order(session, method, params())?;
                    }
                }
            }
            "Page.loadEventFired" if of_page => self.loaded = true,
            "Page.windowOpen" => {
                let url = cut(text(params, "/url"), 2_048).0;
                keep(&mut self.refused.popups, url, &mut self.refused.more);
            }
            "Target.attachedToTarget" => self.attached(params, session.is_none())?,
            "Inspector.targetCrashed" if of_page => self.crashed = true,
            "Target.targetCrashed" => {
                self.crashed |= self.target.as_deref() == Some(text(params, "/targetId"));
            }
            "Browser.downloadWillBegin" => {
                let url = cut(text(params, "/url"), 2_048).0;
                keep(&mut self.refused.downloads, url, &mut self.refused.more);
            }
            method if method.starts_with("Network.") => {
                self.network.event(method, params, session);
            }
            _ => {}
        }
        Ok(())
    }

    /// A frame, a worker, or a window that the page has opened. What the browser runs for itself
    /// is let be.
    fn attached(&mut self, params: &Value, of_browser: bool) -> Result<(), CallError> {
        let (target, session) = (text(params, "/targetInfo/targetId"), text(params, "/sessionId"));
        if self.target.as_deref() == Some(target) {
            return Ok(());
        }
        let (kind, url) = (text(params, "/targetInfo/type"), text(params, "/targetInfo/url"));
        let own = url.starts_with("chrome")
            || !matches!(kind, "page" | "service_worker" | "shared_worker");
        if of_browser && own {
            return self
                .order(Some(session), "Runtime.runIfWaitingForDebugger", json!({}))
                .map(drop);
        }
        self.joined += 1;
        if kind == "page" || self.joined > TARGETS {
            self.order(None, "Target.closeTarget", json!({"targetId": target}))?;
            // Its opener may wait for it.
            self.order(Some(session), "Runtime.runIfWaitingForDebugger", json!({}))?;
            return Ok(());
        }
        // In this order; what a kind of target does not know it refuses, and nobody reads that.
        let join = json!({"autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true});
        let orders = [
            ("Network.configureDurableMessages", self.network.buffers()),
            ("Network.enable", self.network.buffers()),
            ("Page.enable", json!({})),
            ("Target.setAutoAttach", join),
            ("Runtime.runIfWaitingForDebugger", json!({})),
        ];
        for (method, params) in orders {
            self.order(Some(session), method, params)?;
        }
        Ok(())
    }
}

fn keep(list: &mut Vec<String>, item: String, more: &mut u64) {
    if list.len() < TOLD { list.push(item) } else { *more += 1 }
}
