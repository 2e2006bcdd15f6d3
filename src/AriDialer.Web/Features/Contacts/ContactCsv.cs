using System.Text;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Features.History;

namespace AriDialer.Web.Features.Contacts;

/// <summary>A line of the file that was not taken, and why.</summary>
internal sealed record BadLine(int Number, string Sentence);

/// <summary>What a file holds. Refusal says why nothing of it can be used.</summary>
internal sealed record ContactFile(IReadOnlyList<ContactDraft> Contacts, IReadOnlyList<BadLine> BadLines, string? Refusal = null)
{
    public static ContactFile Refuse(string sentence) => new([], [], sentence);
}

/// <summary>Contacts as a table for a spreadsheet, both ways.</summary>
internal static class ContactCsv
{
    /// <summary>The most lines that one file may have.</summary>
    public const int MostLines = 2_000;

    private const string Yes = "yes";

    private static readonly string[] Header = ["Name", "Company", "Numbers", "Note", "Shared"];

    public static byte[] Write(IEnumerable<Contact> contacts)
    {
        var csv = new StringBuilder().AppendJoin(',', Header).Append("\r\n");
        foreach (var contact in contacts)
        {
            string?[] cells =
            [
                contact.Name, contact.Company, string.Join("; ", contact.Numbers.Select(number => number.E164)), contact.Note,
                contact.IsShared ? Yes : "no",
            ];
            csv.AppendJoin(',', cells.Select(ExportModel.Cell)).Append("\r\n");
        }

        return [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(csv.ToString())];
    }

    /// <summary>Reads what a person chose to import.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="areShared">True where all of them are to be seen by everybody.</param>
    /// <param name="numbers">Reads numbers.</param>
    /// <param name="region">The region by which national numbers are read.</param>
    public static ContactFile Read(byte[] bytes, bool areShared, TelephoneNumbers numbers, string region)
    {
        if (Decode(bytes) is not { } text)
            return ContactFile.Refuse("This file is not text in UTF-8. Save the table as “CSV UTF-8” and choose it again.");

        // One more than there may be tells that there are too many.
        CsvLine[] lines = [.. CsvText.Read(text).Take(MostLines + 2)];
        if (lines.Length > MostLines + 1)
            return ContactFile.Refuse($"A file may have {MostLines:N0} contacts. Divide it into several.");

        if (lines.Length == 0 || Columns.Of(lines[0].Cells) is not { } columns)
            return ContactFile.Refuse("The first line must name the columns: Name, Company, Numbers, Note. Name and Numbers must be among them.");

        List<ContactDraft> contacts = [];
        List<BadLine> bad = [];
        foreach (var line in lines.Skip(1))
        {
            if (line.Problem is not null)
                bad.Add(new BadLine(line.Number, line.Problem));
            else if (columns.Read(line.Cells, areShared, numbers, region, out var sentence) is { } contact)
                contacts.Add(contact);
            else
                bad.Add(new BadLine(line.Number, sentence));
        }

        return new ContactFile(contacts, bad);
    }

    private static string? Decode(byte[] bytes)
    {
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
            return text.Contains('\0', StringComparison.Ordinal) ? null : text.TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Which column holds what.</summary>
    private sealed record Columns(int Name, int Company, int Note, int Shared, IReadOnlyList<int> Numbers)
    {
        private static readonly string[] NumberWords = ["number", "phone", "telephone", "mobile"];

        public static Columns? Of(IReadOnlyList<string> header)
        {
            string[] names = [.. header.Select(cell => cell.ToLowerInvariant())];
            int[] numbers = [.. Enumerable.Range(0, names.Length).Where(index => NumberWords.Any(word => names[index].StartsWith(word, StringComparison.Ordinal)))];
            var name = Array.IndexOf(names, "name");
            return name < 0 || numbers.Length == 0
                ? null
                : new Columns(name, Array.IndexOf(names, "company"), Array.IndexOf(names, "note"), Array.IndexOf(names, "shared"), numbers);
        }

        public ContactDraft? Read(IReadOnlyList<string> cells, bool isShared, TelephoneNumbers numbers, string region, out string sentence)
        {
            var (name, company, note) = (ContactText.Line(Cell(cells, Name)), ContactText.Line(Cell(cells, Company)), Cell(cells, Note));
            List<string> read = [];
            foreach (var text in Numbers.SelectMany(column => Cell(cells, column).Split([';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
            {
                var (e164, why) = ContactDraft.ReadNumber(text, numbers, region);
                if (e164 is null)
                {
                    sentence = $"“{Short(text)}”: {why}";
                    return null;
                }

                if (!read.Contains(e164))
                    read.Add(e164);
            }

            sentence = name is null ? "There is no name in this line."
                : name.Length > Contact.NameLength || company?.Length > Contact.NameLength ? $"A name may be {Contact.NameLength} letters long."
                : note.Length > Contact.NoteLength ? $"A note may be {Contact.NoteLength} letters long."
                : read.Count == 0 ? "There is no telephone number in this line."
                : read.Count > Contact.MostNumbers ? $"A contact has at most {Contact.MostNumbers} numbers."
                : "";
            return sentence.Length > 0
                ? null
                : new ContactDraft(
                    name!, company, read, note.Length == 0 ? null : note,
                    isShared || Cell(cells, Shared).Equals(Yes, StringComparison.OrdinalIgnoreCase));
        }

        // An apostrophe before a sign is what we, and spreadsheets, write to keep it from becoming a formula.
        private static string Cell(IReadOnlyList<string> cells, int column)
        {
            var cell = column >= 0 && column < cells.Count ? cells[column] : "";
            return cell.Length > 1 && cell[0] == '\'' && cell[1] is '=' or '+' or '-' or '@' ? cell[1..] : cell;
        }

        private static string Short(string text) => text.Length <= 30 ? text : text[..30] + "…";
    }
}
