using System.Text;

namespace AriDialer.Ari.Generator;

/// <summary>XML documentation out of the description's sentences.</summary>
internal static class DocWriter
{
    private const int Width = 120;

    public static void Summary(CodeWriter code, string text) => Element(code, "summary", "summary", text);

    public static void Remarks(CodeWriter code, string text) => Element(code, "remarks", "remarks", text);

    public static void Element(CodeWriter code, string open, string close, string text)
    {
        var whole = $"<{open}>{text}</{close}>";
        if (whole.Length <= Width)
        {
            code.Line("/// " + whole);
            return;
        }

        code.Line($"/// <{open}>");
        foreach (var line in Wrap(text))
            code.Line("/// " + line);
        code.Line($"/// </{close}>");
    }

    /// <summary>A description as text for XML: one paragraph that ends in a full stop.</summary>
    public static string Sentence(string? text)
    {
        var words = string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (words.Length == 0)
            return "";
        words = char.ToUpperInvariant(words[0]) + words[1..].TrimEnd(',', ';');
        if (words[^1] is not ('.' or '!' or '?' or '}' or ']'))
            words += ".";
        return words.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
    }

    public static string Values(AllowableValues? values) => values switch
    {
        { ValueType: "LIST" } => $" Documented values: {string.Join(", ", values.Values.Select(value => $"<c>{value}</c>"))}.",
        { ValueType: "RANGE", Min: { } min, Max: { } max } => $" From {min} to {max}.",
        { ValueType: "RANGE", Min: { } min } => $" At least {min}.",
        { ValueType: "RANGE", Max: { } max } => $" At most {max}.",
        _ => "",
    };

    private static IEnumerable<string> Wrap(string text)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > Width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        yield return line.ToString();
    }
}
