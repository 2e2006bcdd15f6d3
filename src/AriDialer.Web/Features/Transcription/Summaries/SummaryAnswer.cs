using System.Text.Json;
using AriDialer.Web.Data;

namespace AriDialer.Web.Features.Transcription.Summaries;

/// <summary>
/// Reads what a model answered. It should be one JSON object; models put words and fences around it, call its parts a little otherwise, or
/// give a list as lines. What has no summary in it is no answer.
/// </summary>
internal static class SummaryAnswer
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 8 };

    /// <exception cref="FormatException">It is none.</exception>
    public static MadeSummary Read(string answer)
    {
        var (begin, end) = (answer.IndexOf('{', StringComparison.Ordinal), answer.LastIndexOf('}'));
        if (begin < 0 || end < begin)
            throw new FormatException("There is no JSON object in the answer.");

        try
        {
            using var document = JsonDocument.Parse(answer.AsMemory(begin, end - begin + 1), Lenient);
            var parts = document.RootElement.EnumerateObject().ToList();
            var text = Of(parts, "summary") is { ValueKind: JsonValueKind.String } said ? Plain(said.GetString(), SummaryEntry.TextLength) : "";
            return text.Length > 0 ? new MadeSummary(text, StepsOf(Of(parts, "nextsteps"))) : throw new FormatException("There is no summary in the answer.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException("The answer is no JSON object of the kind that was asked for.", e);
        }
    }

    /// <summary>Text without letters that nobody can see, and not longer than it may be.</summary>
    public static string Plain(string? text, int length)
    {
        var lines = new string([.. (text ?? "").Select(letter => letter is '\n' || !char.IsControl(letter) ? letter : ' ')]).Split('\n')
            .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Where(line => line.Length > 0);
        var plain = string.Join('\n', lines);
        return plain.Length <= length ? plain : string.Concat(plain.AsSpan(0, char.IsHighSurrogate(plain[length - 2]) ? length - 2 : length - 1), "…");
    }

    private static JsonElement? Of(List<JsonProperty> parts, string name)
    {
        foreach (var part in parts)
        {
            if (string.Concat(part.Name.Where(char.IsLetter)).Equals(name, StringComparison.OrdinalIgnoreCase))
                return part.Value;
        }

        return null;
    }

    private static List<string> StepsOf(JsonElement? steps)
    {
        IEnumerable<string?> texts = steps switch
        {
            { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Select(TextOf),
            { ValueKind: JsonValueKind.String } text => text.GetString()!.Split('\n'),
            _ => [],
        };
        return [.. texts.Select(text => Plain(text?.Replace('\n', ' ').TrimStart(' ', '-', '*', '•', '\t'), SummaryEntry.StepLength))
            .Where(text => text.Length > 0).Take(SummaryEntry.MostSteps)];
    }

    // {"step": "...", "owner": "..."}: its words, in their order.
    private static string? TextOf(JsonElement step) => step.ValueKind switch
    {
        JsonValueKind.String => step.GetString(),
        JsonValueKind.Object => string.Join(": ", step.EnumerateObject().Where(part => part.Value.ValueKind == JsonValueKind.String).Select(part => part.Value.GetString())),
        _ => null,
    };
}
