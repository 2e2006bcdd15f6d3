using System.Collections.Immutable;
using AriDialer.Calls.Routing;

namespace AriDialer.Calls;

// Nobody took the call: answer, greet, record what is said, end. The caller may hang up at any point; what was recorded counts. A mailbox
// that is full does all of that but record.
internal sealed partial class Call
{
    private VoicemailMessage? _message;
    private ImmutableArray<string> _greeting = [];
    private TimeSpan? _longestMessage;
    private bool _records;

    private void BeginVoicemail(TakeMessage take, DateTimeOffset now)
    {
        if (_caller.IsGone || _answeredAt is not null)
        {
            End(new CallEnd(EndedBy.System, EndReasons.Unavailable, EndReasons.CauseOf(EndReasons.Unavailable)), now);
            return;
        }

        State = CallState.Voicemail;
        (_greeting, _longestMessage) = (take.Greeting, take.LongestMessage);
        _message = new VoicemailMessage(take.UserId, CallIds.Voicemail(Id), Seconds: take.LongestMessage is null ? 0 : null);
        Note(now, MomentKinds.Voicemail, take.UserId);
        Mark();
        if (_caller.State == LegState.Up)
        {
            BeginGreeting(now);
        }
        else
        {
            Do(new CallEffect.Answer(_caller.ChannelId));
        }
    }

    private void BeginGreeting(DateTimeOffset now)
    {
        if (State != CallState.Voicemail || _records)
        {
            return;
        }

        if (_greeting.IsDefaultOrEmpty)
        {
            OnPlaybackOver(now);
        }
        else
        {
            Do(new CallEffect.Play(_caller.ChannelId, CallIds.Playback(Id), _greeting));
        }
    }

    /// <summary>The application went away while the caller came to the mailbox, or was there.</summary>
    private void ResumeVoicemail(bool isAnswered, DateTimeOffset now)
    {
        if (isAnswered)
        {
            // Greeted or not, it is recorded from here on: what was recorded before is added to.
            OnPlaybackOver(now);
        }
        else
        {
            // It still rings, and would for ever: the greeting follows the answer.
            Do(new CallEffect.Answer(_caller.ChannelId));
        }
    }

    private void OnPlaybackOver(DateTimeOffset now)
    {
        if (State != CallState.Voicemail || _records)
        {
            return;
        }

        if (_longestMessage is { } longest)
        {
            _records = true;
            Do(new CallEffect.RecordMessage(_caller.ChannelId, _message!.RecordingName, longest));
        }
        else
        {
            End(new CallEnd(EndedBy.System, EndReasons.MailboxFull, EndReasons.CauseOf(EndReasons.MailboxFull)), now);
        }
    }

    /// <param name="seconds">How long the message is; null where recording failed.</param>
    /// <param name="now">When.</param>
    private void OnRecordingOver(int? seconds, DateTimeOffset now)
    {
        if (!_records || _message is not { Seconds: null } message)
        {
            return;
        }

        _message = message with { Seconds = seconds ?? 0 };
        Changed();
        if (State == CallState.Voicemail)
        {
            End(new CallEnd(EndedBy.System, seconds is null ? EndReasons.Failed : EndReasons.Voicemail, NormalClearing), now);
        }
        else
        {
            SettleEnd();
        }
    }

    /// <summary>True while Asterisk has yet to say how long the message became.</summary>
    private bool AwaitsRecording => _records && _message is { Seconds: null };
}
