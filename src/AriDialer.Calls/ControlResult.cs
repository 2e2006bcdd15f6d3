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

    /// <summary>The call is somebody else's.</summary>
    NotAllowed,
}
