namespace AriDialer.Calls;

/// <summary>Who asks for something to be done to a call.</summary>
/// <param name="UserId">The person's id.</param>
/// <param name="MayControlAll">True for supervisors and administrators; an agent controls only calls that concern them.</param>
public sealed record CallRequester(string UserId, bool MayControlAll);

/// <summary>What became of a request to control a call.</summary>
public enum ControlResult
{
    /// <summary>It is being done.</summary>
    Accepted,

    /// <summary>There is no such call, or it has ended.</summary>
    NoSuchCall,

    /// <summary>The call is somebody else's, or this is not for them to do.</summary>
    NotAllowed,

    /// <summary>It makes no sense now; the reason says why.</summary>
    Refused,
}

/// <summary>The answer to a <see cref="CallControl"/>.</summary>
/// <param name="Result">What became of it.</param>
/// <param name="Refusal">One of <see cref="Refusals"/> where it was refused, else null.</param>
public sealed record ControlAnswer(ControlResult Result, string? Refusal = null)
{
    /// <summary>It is being done.</summary>
    public static ControlAnswer Accepted { get; } = new(ControlResult.Accepted);

    /// <summary>There is no such call, or it has ended.</summary>
    public static ControlAnswer NoSuchCall { get; } = new(ControlResult.NoSuchCall);

    /// <summary>The call is somebody else's, or this is not for them to do.</summary>
    public static ControlAnswer NotAllowed { get; } = new(ControlResult.NotAllowed);

    /// <summary>It makes no sense now.</summary>
    public static ControlAnswer Refuse(string refusal) => new(ControlResult.Refused, refusal);
}

/// <summary>The short slugs for why a control was refused.</summary>
public static class Refusals
{
    /// <summary>Nobody has answered yet.</summary>
    public const string NotConnected = "not-connected";

    /// <summary>The person's own phone is not in the call.</summary>
    public const string NotInCall = "not-in-call";

    /// <summary>A transfer or a consultation is under way already.</summary>
    public const string AlreadyTransferring = "already-transferring";

    /// <summary>There is nothing to complete, cancel or swap.</summary>
    public const string NothingToTransfer = "nothing-to-transfer";

    /// <summary>Who is asked has not answered yet.</summary>
    public const string NotAnsweredYet = "not-answered-yet";

    /// <summary>It was said nobody, or not a number.</summary>
    public const string Nobody = "nobody";

    /// <summary>The person cannot be transferred to themselves, nor to one who is in the call.</summary>
    public const string AlreadyThere = "already-there";

    /// <summary>There is no such channel in the call.</summary>
    public const string NoSuchPerson = "no-such-person";

    /// <summary>These are no digits.</summary>
    public const string NotDigits = "not-digits";

    /// <summary>The other call is not one that this can be merged with.</summary>
    public const string NotMergeable = "not-mergeable";

    /// <summary>The rules do not let this call be recorded.</summary>
    public const string NotRecordable = "not-recordable";

    /// <summary>Nothing is being recorded.</summary>
    public const string NotRecording = "not-recording";

    /// <summary>The person's phone in the call is connected.</summary>
    public const string NotAway = "not-away";

    /// <summary>The call has as many people as it may.</summary>
    public const string TooMany = "too-many";
}
