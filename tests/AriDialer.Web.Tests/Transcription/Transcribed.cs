using AriDialer.Calls;
using AriDialer.Web.Data;
using AriDialer.Web.Features.History;
using AriDialer.Web.Features.Recording.Audio;
using AriDialer.Web.Features.Transcription;
using AriDialer.Web.Tests.Hosting;

namespace AriDialer.Web.Tests.Transcription;

/// <summary>Calls with recordings and transcripts for tests.</summary>
internal static class Transcribed
{
    public static readonly EngineState Engine = new("PocketSphinx", "en-US", true, null);

    public static RecordingWords Words(params IReadOnlyList<(RecordingSide Side, TranscribedSegment Segment)> said) => new(Engine.Name, Engine.Language, said);

    /// <summary>A recording that can be played, of a call that a customer made to one of ours (or to nobody whom the test knows).</summary>
    public static async Task AddRecordingAsync(this TestApp app, string callId, string? callee = null, int minute = 0)
    {
        await app.Get<CallRows>().WriteAsync([Some.Call(callId, 1, CallState.Ended, callee: callee, callerName: "Jane Doe")], CancellationToken.None);
        await app.WithDatabaseAsync(async database =>
        {
            database.Recordings.Add(new RecordingEntry
            {
                Id = $"rec-{callId}",
                CallId = callId,
                Stage = RecordingStage.Ready,
                StartedAt = Some.Noon.AddMinutes(minute),
                Seconds = 60,
                ContentType = "audio/wav",
                SealedKey = "key",
            });
            return await database.SaveChangesAsync();
        });
    }

    public static Task<bool> SayAsync(this TestApp app, string callId, params (RecordingSide Side, TranscribedSegment Segment)[] said) =>
        app.Get<TranscriptStore>().ReplaceAsync($"rec-{callId}", Words(said), CancellationToken.None);

    /// <summary>Marks a recording as deleted, as the job does whose sound is too old.</summary>
    public static Task<int> DeleteSoundAsync(this TestApp app, string callId) => app.WithDatabaseAsync(async database =>
    {
        (await database.Recordings.FindAsync($"rec-{callId}"))!.DeletedAt = Some.Noon;
        return await database.SaveChangesAsync();
    });

    public static (RecordingSide Side, TranscribedSegment Segment) Left(double from, string text) => (RecordingSide.Left, Segment(from, text));

    public static (RecordingSide Side, TranscribedSegment Segment) Right(double from, string text) => (RecordingSide.Right, Segment(from, text));

    /// <summary>Each word lasts half a second.</summary>
    public static TranscribedSegment Segment(double from, string text)
    {
        var words = text.Split(' ').Select((word, i) => new TranscribedWord(word, from + i * .5, from + (i + 1) * .5, .9)).ToList();
        return new TranscribedSegment(from, words[^1].To, text, .8, words);
    }
}
