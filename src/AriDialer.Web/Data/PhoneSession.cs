namespace AriDialer.Web.Data;

/// <summary>The phone of one sign-in: a PJSIP endpoint that exists in Asterisk while this row is live.</summary>
internal sealed class PhoneSession
{
    /// <summary>The endpoint's name, made by us: <c>web-</c> and random letters.</summary>
    public required string Endpoint { get; set; }

    public required string UserId { get; set; }

    public AppUser? User { get; set; }

    /// <summary>The sign-in that it belongs to; at most one live session each.</summary>
    public required string SignInId { get; set; }

    /// <summary>The SIP password under Data Protection: needed again when Asterisk has forgotten its endpoints.</summary>
    public required string ProtectedPassword { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When it was withdrawn; the row goes once Asterisk has let go of the endpoint.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }
}
