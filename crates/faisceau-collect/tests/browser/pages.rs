//! Pages of the site.

/// What ordinary pages do.
pub(crate) const ORDINARY: &str = "<!doctype html><html lang=fr><meta charset=utf-8>
<title>Une page à part</title><link rel=stylesheet href=/style.css><link rel=icon href=data:,>
<style>body,p{margin:0}</style>
<div style='height:2900px'><p id=p></p></div><img src=/late.gif loading=lazy height=100>
<style>img{display:block}</style>
<script>
  Date.now = () => 0;
  new EventSource('/events');
  document.getElementById('p').textContent = 'écrit par un script';
</script>";

/// The smallest GIF.
pub(crate) const GIF: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

/// Dialogs, a window, a download.
pub(crate) const NUISANCES: &str = "<!doctype html><p id=p></p><script>
  for (let i = 0; i < 10; i++) { alert(i); confirm(i); prompt(i) }
  open('/popup'); open('/popup', 'x', 'width=100,height=100');
  const a = document.createElement('a');
  a.href = '/x.exe'; a.download = ''; document.body.append(a); a.click();
  document.getElementById('p').textContent = 'after the dialogs';
  onbeforeunload = event => event.preventDefault();
</script>";

/// Every way out that a page has. `private` listens for TCP, `udp` for datagrams.
pub(crate) fn escape(private: u16, udp: u16) -> String {
    format!(
        "<!doctype html><link rel=dns-prefetch href=//prefetched.example>
<link rel=preconnect href=//preconnected.example>
<img src=http://127.0.0.1:{private}/image><img src=http://[::1]:{private}/image>
<img src=http://localhost:{private}/image><script src=https://127.0.0.1:{private}/s></script>
<iframe src=http://other.example/frame></iframe><iframe src=http://10.0.0.1/></iframe>
<pre id=log></pre>
<script>
  const log = text => document.getElementById('log').append(text + '\\n');
  fetch('http://192.168.1.1/', {{mode: 'no-cors'}}).then(() => log('fetch reached'), () => 0);
  const socket = new WebSocket('ws://127.0.0.1:{private}/ws');
  socket.onopen = () => log('socket reached');
  navigator.sendBeacon('http://127.0.0.1:{private}/beacon', 'x');
  new Worker('/worker.js');
  open('/popup'); open('http://127.0.0.1:{private}/popup');
  try {{
    const peer = new RTCPeerConnection({{iceServers: [{{urls: 'stun:127.0.0.1:{udp}'}}]}});
    peer.createDataChannel('x');
    peer.createOffer().then(offer => peer.setLocalDescription(offer));
    peer.onicecandidate = e => {{ if (e.candidate) log('candidate ' + e.candidate.candidate) }};
  }} catch (e) {{ log(e) }}
  try {{
    const transport = new WebTransport('https://127.0.0.1:{udp}/');
    transport.ready.then(() => log('transport reached'), () => 0);
    transport.closed.catch(() => 0);
  }} catch (e) {{ log('no transport') }}
  navigator.geolocation?.getCurrentPosition(() => log('position reached'), () => 0);
  navigator.permissions.query({{name: 'geolocation'}}).then(p => log('geolocation ' + p.state));
  navigator.permissions.query({{name: 'notifications'}}).then(p => log('notifications ' + p.state));
</script>"
    )
}

/// A worker that tries the same.
pub(crate) fn worker(private: u16) -> String {
    format!("fetch('http://127.0.0.1:{private}/worker', {{mode: 'no-cors'}}).catch(() => 0)")
}
