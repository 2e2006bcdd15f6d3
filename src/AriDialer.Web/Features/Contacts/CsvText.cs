using System.Text;

namespace AriDialer.Web.Features.Contacts;

/// <summary>A line of a table; the sentence says why it cannot be read, null where it can.</summary>
internal sealed record CsvLine(int Number, IReadOnlyList<string> Cells, string? Problem = null);

/// <summary>Reads tables as spreadsheets write them (RFC 4180): between commas, semicolons or tabs, whichever the first line has most of.</summary>
internal static class CsvText
{
    /// <summary>The lines that hold anything. A line counts by where it begins in the file, for cells may hold line breaks.</summary>
    public static IEnumerable<CsvLine> Read(string text)
    {
        var first = text.AsSpan(0, text.IndexOf('\n', StringComparison.Ordinal) is var end and >= 0 ? end : text.Length);
        var (commas, semicolons, tabs) = (first.Count(','), first.Count(';'), first.Count('\t'));
        var separator = semicolons > commas && semicolons >= tabs ? ';' : tabs > commas ? '\t' : ',';
        return ReadLines(text, separator);
    }

    private static IEnumerable<CsvLine> ReadLines(string text, char separator)
    {
        List<string> cells = [];
        var cell = new StringBuilder();
        var (line, begins, isQuoted) = (1, 1, false);
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (letter == '\n')
                line++;

            if (isQuoted)
            {
                if (letter != '"')
                    cell.Append(letter);
                else if (at + 1 < text.Length && text[at + 1] == '"')
                    cell.Append(text[++at]);
                else
                    isQuoted = false;
            }
            else if (letter == '"' && cell.Length == 0)
            {
                isQuoted = true;
            }
            else if (letter == separator)
            {
                Close(cells, cell);
            }
            else if (letter == '\n')
            {
                Close(cells, cell);
                if (HoldsAnything(cells))
                    yield return new CsvLine(begins, cells);

                (cells, begins) = ([], line);
            }
            else if (letter != '\r')
            {
                cell.Append(letter);
            }
        }

        Close(cells, cell);
        if (isQuoted)
            yield return new CsvLine(begins, cells, "A quotation mark is opened in this line and never closed.");
        else if (HoldsAnything(cells))
            yield return new CsvLine(begins, cells);
    }

    private static void Close(List<string> cells, StringBuilder cell)
    {
        cells.Add(cell.ToString().Trim());
        cell.Clear();
    }

    private static bool HoldsAnything(List<string> cells) => cells.Exists(cell => cell.Length > 0);
}
