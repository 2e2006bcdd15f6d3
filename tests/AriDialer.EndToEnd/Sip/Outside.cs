using AriDialer.EndToEnd.Audio;
using AriDialer.Testing;

namespace AriDialer.EndToEnd.Sip;

/// <summary>The telephone network outside, played by SIPp: one line that is called on the trunk's port, and callers.</summary>
internal sealed class Outside(RealAsterisk asterisk)
{
    public const string Customer = "+442079460123";
    public const string CustomerName = "Carla Customer";

    /// <summary>Where the trunk leads.</summary>
    public int Port { get; private set; } = FreePorts.Take();

    /// <summary>True once a line ended otherwise than its scenario says: killed in mid-call, or by something unexpected.</summary>
    public bool WentDead { get; private set; }

    /// <summary>
    /// Takes another port. What Asterisk still has to say to a line that went dead goes on for half a minute, and SIPp takes a BYE of
    /// another's call for the call that it waits for: the next line must not stand where that one did.
    /// </summary>
    public void Move() => (Port, WentDead) = (FreePorts.Take(), false);

    public SippRun IsCalledAndAnswers(RtpPeer? sound = null, int ringFor = 200, SippPlan? plan = null) =>
        Called("is-called-and-answers", plan, ("rtp_port", PortOf(sound)), ("pause", $"{ringFor}"));

    public SippRun IsCalledAndHangsUp(int talkFor = 1000) =>
        Called("is-called-and-hangs-up", null, ("rtp_port", PortOf(null)), ("pause", $"{talkFor}"));

    public SippRun IsCalledAndRefuses(int status) => Called("is-called-and-refuses", null, ("status", $"{status}"));

    public SippRun IsCalledAndOnlyRings() => Called("is-called-and-only-rings", null);

    public SippRun IsCalledAndSpeaksEarly(RtpPeer? sound, int speakFor, SippPlan? plan = null) =>
        Called("is-called-and-speaks-early", plan, ("rtp_port", PortOf(sound)), ("pause", $"{speakFor}"));

    public SippRun CallsAndWaits(string number, RtpPeer? sound = null, SippPlan? plan = null) =>
        Caller("calls-and-waits", number, plan, ("rtp_port", PortOf(sound)));

    public SippRun CallsAndHangsUp(string number, int talkFor = 1000, SippPlan? plan = null, RtpPeer? sound = null, string name = CustomerName) =>
        Caller("calls-and-hangs-up", number, plan, ("rtp_port", PortOf(sound)), ("pause", $"{talkFor}"), ("caller_name", name));

    /// <summary>Asks in mid-call to be connected with another number.</summary>
    public SippRun CallsAndRefersInVain(string number, string to) =>
        Caller("calls-and-refers-in-vain", number, null, ("to", to), ("rtp_port", PortOf(null)), ("pause", "1000"));

    public SippRun CallsAndIsRefused(string number, int status) =>
        Caller("calls-and-is-refused", number, null, ("rtp_port", PortOf(null)), ("status", $"{status}"));

    /// <summary>Many callers, each with a name of its own, which has its number in SIPp's count. They may be refused for want of room.</summary>
    public SippRun CallsAndMayBeRefused(string number, SippPlan plan, int talkFor = 1000) => new(
        "calls-and-may-be-refused", FreePorts.Take(), asterisk.SipPort, plan with { KeepsMessages = false },
        ("number", number), ("caller", Customer), ("caller_name", "Call [call_number]"), ("rtp_port", PortOf(null)), ("pause", $"{talkFor}"));

    public SippRun CallsAndCancels(string number, int ringFor = 1000) =>
        Caller("calls-and-cancels", number, null, ("rtp_port", PortOf(null)), ("pause", $"{ringFor}"));

    /// <summary>Registers with these credentials.</summary>
    public SippRun Registers(string user, string password) =>
        new("registers", FreePorts.Take(), asterisk.SipPort, null, ("user", user), ("password", password));

    /// <summary>Asks to register as a phone that is not there any more.</summary>
    public SippRun RegistersInVain(string user, int status) =>
        new("registers-in-vain", FreePorts.Take(), asterisk.SipPort, null, ("user", user), ("status", $"{status}"));

    /// <summary>Calls from an address that nobody knows, under this name, and guesses a password.</summary>
    public SippRun CallsAsAStranger(string user, string number) => new("calls-as-a-stranger", FreePorts.Take(), asterisk.SipPort,
        new SippPlan { Address = "127.0.0.2" },
        ("number", number), ("caller", user), ("caller_name", user), ("password", "guessed"), ("rtp_port", PortOf(null)));

    private SippRun Called(string scenario, SippPlan? plan, params (string, string)[] values) =>
        new(scenario, Port, null, plan, values) { WentDead = () => WentDead = true };

    private SippRun Caller(string scenario, string number, SippPlan? plan, params (string, string)[] values) =>
        new(scenario, FreePorts.Take(), asterisk.SipPort, plan, [.. values, ("number", number), ("caller", Customer), ("caller_name", CustomerName)]);

    // Where nobody speaks or listens, port 9 (discard) takes what comes.
    private static string PortOf(RtpPeer? sound) => $"{sound?.Port ?? 9}";
}
