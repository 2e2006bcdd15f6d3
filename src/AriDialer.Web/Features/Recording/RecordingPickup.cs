using System.Text.Json;
using AriDialer.Calls.Voicemail;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording.Audio;
using AriDialer.Web.Features.Recording.Storage;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Recording;

/// <summary>
/// Brings a call's tracks from Asterisk, joins them and keeps the recording: once, however often it is tried. Asterisk lets go of a
/// track only when the recording is safe here.
/// </summary>
internal sealed partial class RecordingPickup(
    StoredRecordings stored,
    RecordingJoiner joiner,
    RecordingVault vault,
    RecordingWorkshop workshop,
    IDbContextFactory<AppDbContext> databases,
    ILogger<RecordingPickup> log)
{
    /// <summary>Raised when a recording can be played. Listeners do not wait and do not throw.</summary>
    public event Action? Kept;

    /// <summary>How waveforms are written for pages: numbers, not text.</summary>
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The calls that are over and of which Asterisk still has tracks.</summary>
    public async Task<IReadOnlyList<string>> FindWaitingAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Recordings
            .Where(row => row.Stage == RecordingStage.Waiting || row.Stage == RecordingStage.Recording || row.Tracks.Any())
            .Join(database.Calls.Where(call => call.EndedAt != null && call.State == CallState.Ended), row => row.CallId, call => call.Id, (row, call) => call)
            .OrderBy(call => call.EndedAt).Select(call => call.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Deletes files that belong to no recording: what a sudden end left behind.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        workshop.Sweep();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var ids = await database.Recordings.Where(row => row.SealedKey != null || row.Stage != RecordingStage.Ready)
            .Select(row => row.Id).ToListAsync(cancellationToken);
        await vault.DeleteAllButAsync(ids.ToHashSet(), cancellationToken);
    }

    /// <returns>False where Asterisk is not done with it yet.</returns>
    public async Task<bool> PickUpAsync(string callId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var row = await database.Recordings.SingleOrDefaultAsync(recording => recording.CallId == callId, cancellationToken);
        if (row is null)
            return true;

        foreach (var track in row.Tracks)
        {
            if (await stored.IsBeingWrittenAsync(track.Name, cancellationToken))
                return false;
        }

        if (row.Stage is RecordingStage.Waiting or RecordingStage.Recording)
        {
            await PutTogetherAsync(row, cancellationToken);
            await database.SaveChangesAsync(cancellationToken);
            LogKept(callId, row.Stage, row.Seconds ?? 0);
            Kept?.Invoke();
        }

        foreach (var track in row.Tracks)
        {
            await stored.DeleteAsync(track.Name, cancellationToken);
        }

        row.Tracks.Clear();
        await database.SaveChangesAsync(cancellationToken);
        return true;
    }

    private async Task PutTogetherAsync(RecordingEntry row, CancellationToken cancellationToken)
    {
        using var folder = workshop.Open(row.Id);
        List<Audio.RecordedTrack> files = [];
        foreach (var track in row.Tracks)
        {
            var path = await FetchAsync(track.Name, Path.Combine(folder.Path, $"{files.Count}.wav"), cancellationToken);
            // One whose beginning nobody saw is put where the others begin: better there than nowhere.
            files.Add(new Audio.RecordedTrack(path, track.IsOurs ? RecordingSide.Left : RecordingSide.Right, track.StartedAt ?? FirstOf(row), track.EndedAt));
        }

        var pauses = row.Pauses.Where(pause => pause.To is not null).Select(pause => new Audio.RecordingPause(pause.From, pause.To!.Value)).ToList();
        if (await joiner.JoinAsync(files, pauses, folder.Path, cancellationToken) is not { } joined)
        {
            (row.Stage, row.IsPartial) = (RecordingStage.Failed, true);
            return;
        }

        await using (var file = File.OpenRead(joined.Path))
        {
            row.SealedKey = await vault.StoreAsync(row.Id, file, cancellationToken);
        }

        (row.Stage, row.StartedAt, row.Seconds, row.ContentType) = (RecordingStage.Ready, FirstOf(row), joined.Duration.TotalSeconds, joined.ContentType);
        row.IsPartial |= joined.IsPartial || row.Tracks.Any(track => track.StartedAt is null);
        row.Talk = TalkEntry.Of(row.Id, joined.Talk);
        row.Waveform = JsonSerializer.Serialize(WaveformView.Of(joined.Waveform), Json);
    }

    // A track that Asterisk has not got is left to the joiner: it finds no file, and says that something is missing.
    private async Task<string> FetchAsync(string name, string path, CancellationToken cancellationToken)
    {
        await using var sound = await stored.OpenAsync(name, cancellationToken);
        if (sound is not null)
        {
            await using var file = RecordingWorkshop.Create(path);
            await sound.CopyToAsync(file, cancellationToken);
        }

        return path;
    }

    private static DateTimeOffset FirstOf(RecordingEntry row) => row.Tracks.Min(track => track.StartedAt) ?? DateTimeOffset.UnixEpoch;

    [LoggerMessage(Level = LogLevel.Information, Message = "The recording of call {CallId} is {Stage}: {Seconds} s")]
    private partial void LogKept(string callId, RecordingStage stage, double seconds);
}

/// <summary>A waveform as pages read it: peaks of 0 to 127.</summary>
internal sealed record WaveformView(double PerSecond, int[] Left, int[] Right)
{
    public static WaveformView Of(Waveform waveform) =>
        new(waveform.PerSecond, [.. waveform.Left.Select(peak => (int)peak)], [.. waveform.Right.Select(peak => (int)peak)]);
}
