using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording.Audio;

namespace AriDialer.Web.Features.Recording;

/// <summary>Keeps what Asterisk records of a call in its row, together with the call's own.</summary>
internal static class RecordingRows
{
    private const int IdLength = 26;

    /// <summary>A new row for a call of which something is recorded.</summary>
    public static RecordingEntry Begin(string callId) => new() { Id = Account.Secrets.Text(IdLength), CallId = callId };

    /// <summary>Brings a row to what is now known. A call that was taken over has forgotten the tracks of before; the row has not.</summary>
    public static void Update(RecordingEntry row, CallSnapshot call)
    {
        if (call.Recording is not { } recording || row.Stage is RecordingStage.Ready or RecordingStage.Failed)
            return;

        row.ByUserId ??= recording.ByUserId;
        row.AnnouncedAt ??= recording.AnnouncedAt;
        row.IsPartial |= recording.Tracks.Any(track => track.IsBroken);
        foreach (var track in recording.Tracks)
        {
            var known = row.Tracks.Find(one => one.Name == track.Name);
            if (known is null)
                row.Tracks.Add(known = new Data.RecordedTrack { Name = track.Name });

            known.IsOurs = SideOf(call, track) == RecordingSide.Left;
            known.StartedAt ??= track.StartedAt;
            known.EndedAt ??= track.EndedAt;
        }

        foreach (var pause in recording.Pauses)
        {
            // The database keeps milliseconds.
            var known = row.Pauses.Find(one => (one.From - pause.From).Duration() < TimeSpan.FromMilliseconds(1));
            if (known is null)
                row.Pauses.Add(known = new RecordedPause { From = pause.From });

            known.To ??= pause.To;
        }

        row.Stage = call.State == CallState.Ended ? RecordingStage.Waiting : RecordingStage.Recording;
    }

    /// <summary>On which side of its call's recording a track is heard.</summary>
    public static RecordingSide SideOf(CallSnapshot call, RecordingTrack track)
    {
        // A call that was forwarded to the network has nobody of ours in it: who was called stands for our side.
        var hasOurs = call.Recording!.Tracks.Any(one => one.UserId is not null);
        var isOurs = call.Direction == CallDirection.Internal ? track.IsCaller : hasOurs ? track.UserId is not null : !track.IsCaller;
        return isOurs ? RecordingSide.Left : RecordingSide.Right;
    }
}
