using AriDialer.EndToEnd.House;
using AriDialer.Testing;

namespace AriDialer.EndToEnd.Sip;

/// <summary>
/// A person's phone, played by SIPp instead of the page: the endpoint that the app made for their session, told by the test to
/// speak plain RTP and to be found at SIPp's port. To the app it is that person's phone.
/// </summary>
internal sealed class DeskPhone(TestHouse house, string endpoint)
{
    public int Port { get; } = FreePorts.Take();

    public string Endpoint => endpoint;

    public static async Task<DeskPhone> OfAsync(TestHouse house, Person person)
    {
        await using var page = await house.PhoneAsync(person);
        var credentials = await page.SessionAsync();
        // Leaving the page takes its registration along; the session stays.
        await page.Page.GotoAsync("about:blank");
        // Else Asterisk might call the page that has gone instead of SIPp.
        await Eventually.TrueAsync(
            async () => (await house.Ari.FindAsync($"endpoints/PJSIP/{credentials.Endpoint}"))?.GetProperty("state").GetString() == "offline",
            () => $"{credentials.Endpoint} is registered still.");
        var phone = new DeskPhone(house, credentials.Endpoint);
        await house.Ari.PutAsync("aor", credentials.Endpoint, ("contact", $"sip:{credentials.Endpoint}@127.0.0.1:{phone.Port}"), ("qualify_frequency", "0"));
        await house.Ari.PutAsync("endpoint", credentials.Endpoint,
            ("context", "aridialer-phones"), ("aors", credentials.Endpoint), ("auth", ""), ("transport", "transport-udp"), ("webrtc", "no"),
            ("use_avpf", "no"), ("media_encryption", "no"), ("ice_support", "no"), ("rtcp_mux", "no"), ("media_use_received_transport", "no"),
            ("disallow", "all"), ("allow", "ulaw"), ("rtp_timeout", "0"));
        house.DeskPhones.Add(credentials.Endpoint);
        return phone;
    }

    public SippRun Calls(string number, int talkFor = 1000, SippPlan? plan = null) => new("calls-and-hangs-up", Port, house.Asterisk.SipPort, plan,
        ("number", number), ("caller", endpoint), ("caller_name", "Desk"), ("rtp_port", "9"), ("pause", $"{talkFor}"));

    public SippRun CallsAndIsRefused(string number, int status) => new("calls-and-is-refused", Port, house.Asterisk.SipPort, null,
        ("number", number), ("caller", endpoint), ("caller_name", "Desk"), ("rtp_port", "9"), ("status", $"{status}"));

    /// <summary>From another port than where it is called, so that it can do both at once.</summary>
    public SippRun CallsAndMayBeRefused(string number, SippPlan plan) => new("calls-and-may-be-refused", FreePorts.Take(), house.Asterisk.SipPort, plan,
        ("number", number), ("caller", endpoint), ("caller_name", "Desk"), ("rtp_port", "9"), ("pause", "200"));

    public SippRun IsCalledAndAnswers(SippPlan? plan = null) =>
        new("is-called-and-answers", Port, null, plan, ("rtp_port", "9"), ("pause", "200"));
}
