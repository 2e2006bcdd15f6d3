namespace AriDialer.Calls;

/// <summary>Something that a person wants done to a call; see <see cref="CallDirectory.ControlAsync"/>.</summary>
public abstract record CallControl
{
    /// <summary>
    /// Leave the call, or let it ring no more: of two, the call ends. Of who has no part in it any more it changes nothing: their page may
    /// not know yet, or says again what was lost.
    /// </summary>
    public sealed record HangUp : CallControl;

    /// <summary>End the call for all. Only who controls all calls.</summary>
    public sealed record End : CallControl;

    /// <summary>Put the others on hold: who is left alone hears music.</summary>
    public sealed record Hold : CallControl;

    /// <summary>Come back to the others.</summary>
    public sealed record Resume : CallControl;

    /// <summary>Be heard, or not.</summary>
    /// <param name="On">True for not.</param>
    /// <param name="ChannelId">Another's channel, which only the call's owner may mute; null for one's own.</param>
    public sealed record Mute(bool On, string? ChannelId = null) : CallControl;

    /// <summary>Send digits to the others, by RFC 4733.</summary>
    /// <param name="Digits">0-9, *, #, A-D, and w for a pause of 500 ms.</param>
    /// <param name="Masked">True where the timeline must not show them.</param>
    public sealed record SendDigits(string Digits, bool Masked) : CallControl;

    /// <summary>Give the others to somebody else, without asking.</summary>
    /// <param name="To">Whom, as routing reads it; unchecked text.</param>
    public sealed record Transfer(string To) : CallControl;

    /// <summary>Talk to somebody else first, while the others wait.</summary>
    /// <param name="To">Whom, as routing reads it; unchecked text.</param>
    public sealed record Ask(string To) : CallControl;

    /// <summary>Change sides in a consultation.</summary>
    public sealed record Swap : CallControl;

    /// <summary>Give the others to who was asked, and leave.</summary>
    public sealed record CompleteTransfer : CallControl;

    /// <summary>Let go of who is asked, or of a transfer's target that rings, and come back to the others.</summary>
    public sealed record CancelTransfer : CallControl;

    /// <summary>Bring who is asked to the others: all talk.</summary>
    public sealed record JoinConsultation : CallControl;

    /// <summary>Ring somebody who then joins.</summary>
    /// <param name="To">Whom, as routing reads it; unchecked text.</param>
    public sealed record Add(string To) : CallControl;

    /// <summary>Remove somebody. Only the call's owner, or who controls all calls.</summary>
    /// <param name="ChannelId">Their channel.</param>
    public sealed record Remove(string ChannelId) : CallControl;

    /// <summary>Record everybody in the call, or no more.</summary>
    public sealed record Record(bool On) : CallControl;

    /// <summary>Leave out what is said from now on, or record it again.</summary>
    public sealed record PauseRecording(bool On) : CallControl;

    /// <summary>Come back into the call, on this phone, after the connection to the one before was lost.</summary>
    /// <param name="Endpoint">The PJSIP endpoint of the phone; routing sees to it that it is the person's own.</param>
    /// <param name="SoundIsLost">The phone itself says that it has no sound any more, whatever Asterisk receives from it.</param>
    public sealed record Reconnect(string Endpoint, bool SoundIsLost) : CallControl;

    /// <summary>Bring another call's people into this one; the other call ends.</summary>
    /// <param name="OtherCallId">The other call, in which the person takes part too.</param>
    public sealed record Merge(string OtherCallId) : CallControl;
}
