using AriDialer.Web.Features.Account;

namespace AriDialer.Web.Features.Live;

/// <summary>What pages do to calls. Whether this person may is the call's own answer.</summary>
internal sealed partial class CallsHub
{
    private CallRequester Me => new(UserId, Context.User!.SeesAll());

    /// <summary>Leaves a call, or refuses it; a call of two ends. Never too soon, however much was asked before.</summary>
    public Task<ControlView> HangUp(string? callId) => controls.DoAsync(Me, callId, new CallControl.HangUp());

    /// <summary>Ends a call for all, of whoever sees all calls; of others it is <see cref="HangUp"/>. Never too soon either.</summary>
    public Task<ControlView> EndCall(string? callId) => controls.DoAsync(Me, callId, Me.MayControlAll ? new CallControl.End() : new CallControl.HangUp());

    /// <summary>Puts the others on hold.</summary>
    public Task<ControlView> Hold(string? callId) => DoAsync(callId, new CallControl.Hold());

    /// <summary>Comes back to the others.</summary>
    public Task<ControlView> Resume(string? callId) => DoAsync(callId, new CallControl.Resume());

    /// <summary>Mutes oneself, or is heard again.</summary>
    public Task<ControlView> Mute(string? callId, bool muted) => DoAsync(callId, new CallControl.Mute(muted));

    /// <summary>Sends digits to the others; masked ones are not shown in the history.</summary>
    public Task<ControlView> SendDigits(string? callId, string? digits, bool masked) =>
        DoAsync(callId, new CallControl.SendDigits(digits!, masked));

    /// <summary>Gives the others to somebody else without asking.</summary>
    public Task<ControlView> Transfer(string? callId, string? to) => DoToAsync(callId, to, dial => new CallControl.Transfer(dial));

    /// <summary>Talks to somebody else first, while the others wait.</summary>
    public Task<ControlView> Ask(string? callId, string? to) => DoToAsync(callId, to, dial => new CallControl.Ask(dial));

    /// <summary>Changes sides in a consultation.</summary>
    public Task<ControlView> Swap(string? callId) => DoAsync(callId, new CallControl.Swap());

    /// <summary>Gives the others to who was asked.</summary>
    public Task<ControlView> CompleteTransfer(string? callId) => DoAsync(callId, new CallControl.CompleteTransfer());

    /// <summary>Lets go of who is asked, or of a transfer's target that rings.</summary>
    public Task<ControlView> CancelTransfer(string? callId) => DoAsync(callId, new CallControl.CancelTransfer());

    /// <summary>Brings who is asked to the others.</summary>
    public Task<ControlView> JoinConsultation(string? callId) => DoAsync(callId, new CallControl.JoinConsultation());

    /// <summary>Rings somebody who then joins.</summary>
    public Task<ControlView> AddPerson(string? callId, string? to) => DoToAsync(callId, to, dial => new CallControl.Add(dial));

    /// <summary>Removes somebody.</summary>
    public Task<ControlView> RemovePerson(string? callId, string? legId) => DoAsync(callId, new CallControl.Remove(legId!));

    /// <summary>Mutes somebody else, or lets them be heard again.</summary>
    public Task<ControlView> MutePerson(string? callId, string? legId, bool muted) =>
        DoAsync(callId, new CallControl.Mute(muted, legId ?? ""));

    /// <summary>Brings another call's people into this one.</summary>
    public Task<ControlView> Merge(string? callId, string? otherCallId) => DoAsync(callId, new CallControl.Merge(otherCallId!));

    /// <summary>Records everybody in the call, or no more.</summary>
    public Task<ControlView> Record(string? callId, bool on) => DoAsync(callId, new CallControl.Record(on));

    /// <summary>Leaves out of the recording what is said from now on, or records it again.</summary>
    public Task<ControlView> PauseRecording(string? callId, bool on) => DoAsync(callId, new CallControl.PauseRecording(on));

    /// <summary>Comes back into a call, on this sign-in's phone, after the connection to the one before was lost.</summary>
    /// <param name="callId">The call.</param>
    /// <param name="soundIsLost">Its sound could not be repaired: the call is wanted anew, even where the server still hears this phone.</param>
    public Task<ControlView> Reconnect(string? callId, bool soundIsLost) => InTurnAsync(async () =>
        await phones.EndpointOfAsync(Context.User!.SignInId(), Context.ConnectionAborted) is { } endpoint
            ? await controls.DoAsync(Me, callId, new CallControl.Reconnect(endpoint, soundIsLost))
            : new ControlView(ControlResult.Refused, "This sign-in has no phone. Reload the page."));

    private Task<ControlView> DoAsync(string? callId, CallControl control) => InTurnAsync(() => controls.DoAsync(Me, callId, control));

    private Task<ControlView> DoToAsync(string? callId, string? to, Func<string, CallControl> control) =>
        InTurnAsync(() => controls.DoToAsync(Me, callId, to, control, Context.ConnectionAborted));

    private Task<ControlView> InTurnAsync(Func<Task<ControlView>> control) =>
        TryTakeTurn() ? control() : Task.FromResult(new ControlView(ControlResult.Refused, TooFast));
}
