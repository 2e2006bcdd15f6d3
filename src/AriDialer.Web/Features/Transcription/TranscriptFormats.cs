using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording;
using AriDialer.Web.Features.Transcription.Summaries;

namespace AriDialer.Web.Features.Transcription;

/// <summary>A transcript as a file: to read, to show below the sound, or for another program.</summary>
internal static class TranscriptFormats
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // It is a file, not a part of a page: words stay as they are written.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Text(CallTranscript call)
    {
        var text = new StringBuilder();
        text.Append($"Call of {call.Speakers.Left} with {call.Speakers.Right}\n");
        if (call.Recording.StartedAt is { } start)
            text.Append(CultureInfo.InvariantCulture, $"Recorded from {start.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, {RecordingPlayerModel.Clock(call.Recording.Seconds ?? 0)} long\n");
        text.Append($"{call.Origin}\n");
        if (call.Transcript.Summary is { MadeAt: not null } summary)
        {
            text.Append($"\nSummary. {OriginOf(summary)}\n{summary.Text}\n");
            text.AppendJoin("", summary.Steps.Select(step => $"- {step}\n"));
        }

        foreach (var segment in call.Transcript.Segments)
        {
            text.Append($"\n[{RecordingPlayerModel.Clock(segment.From)}] {call.Speakers.On(segment.Side)}: {segment.Text}");
        }

        return text.Append('\n').ToString();
    }

    /// <summary>WebVTT: each cue says in whose voice it is.</summary>
    public static string WebVtt(CallTranscript call)
    {
        var text = new StringBuilder("WEBVTT\n\nNOTE\n").Append($"{call.Origin.Replace("-->", "", StringComparison.Ordinal)}\n");
        var number = 0;
        foreach (var segment in call.Transcript.Segments)
        {
            // A cue without a length is none.
            var to = Math.Max(segment.To, segment.From + 0.001);
            text.Append(CultureInfo.InvariantCulture, $"\n{++number}\n{Moment(segment.From)} --> {Moment(to)}\n");
            text.Append($"<v {Escaped(call.Speakers.On(segment.Side))}>{Escaped(segment.Text)}</v>\n");
        }

        return text.ToString();
    }

    public static string JsonOf(CallTranscript call) => JsonSerializer.Serialize(
        new
        {
            call.Recording.CallId,
            RecordingId = call.Recording.Id,
            call.Recording.StartedAt,
            call.Recording.Seconds,
            call.Transcript.Engine,
            call.Transcript.Language,
            call.Transcript.MadeAt,
            call.Speakers,
            Summary = call.Transcript.Summary is { MadeAt: not null } summary
                ? new
                {
                    summary.Text,
                    NextSteps = summary.Steps,
                    MachineMadeBy = summary.Model,
                    summary.MadeAt,
                    EditedBy = summary.EditedBy?.DisplayName,
                    summary.EditedAt,
                }
                : null,
            Flags = call.Transcript.Hits.Select(hit => new { hit.Phrase, hit.Tone, hit.Side, hit.From, hit.To, hit.Text }),
            Segments = call.Transcript.Segments.Select(segment => new
            {
                segment.Side,
                Speaker = call.Speakers.On(segment.Side),
                segment.From,
                segment.To,
                segment.Text,
                segment.Confidence,
                segment.Words,
            }),
        },
        Json);

    private static string OriginOf(SummaryEntry summary) => summary.EditedAt is { } edited
        ? string.Create(CultureInfo.InvariantCulture, $"{SummarySection.Origin(summary)} Edited by {summary.EditedBy?.DisplayName}, {edited.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.")
        : SummarySection.Origin(summary);

    private static string Moment(double seconds)
    {
        var moment = TimeSpan.FromMilliseconds(Math.Round(seconds * 1000));
        return string.Create(CultureInfo.InvariantCulture, $"{(int)moment.TotalHours:00}:{moment.Minutes:00}:{moment.Seconds:00}.{moment.Milliseconds:000}");
    }

    private static string Escaped(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)
        .ReplaceLineEndings(" ");
}
