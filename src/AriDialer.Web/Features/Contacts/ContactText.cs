using AriDialer.Web.Data;
using AriDialer.Web.Features.Dialing;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Contacts;

/// <summary>How contacts are found by what somebody writes.</summary>
internal static class ContactText
{
    private const int FewestDigits = 3;

    private static readonly char[] Gaps = [' ', '-', ',', '.', '\t', '\r', '\n'];

    /// <summary>What a search looks through; it begins with the name, so that it orders as well.</summary>
    public static string Sought(string name, string? company, IEnumerable<string> numbers) =>
        " " + string.Join(' ', Words($"{name} {company}").Concat(numbers));

    /// <summary>Those whose name or company has words that begin like these, or one of whose numbers holds these digits.</summary>
    public static IQueryable<Contact> Find(IQueryable<Contact> contacts, string text)
    {
        if (Digits(text) is { } digits)
            return contacts.Where(contact => contact.Numbers.Any(number => EF.Functions.Like(number.E164, $"%{digits}%")));

        var words = Words(text);
        if (words.Length == 0)
            return contacts.Where(_ => false);

        foreach (var word in words)
        {
            var like = $"% {Escape(word)}%";
            contacts = contacts.Where(contact => EF.Functions.Like(contact.Sought, like, "\\"));
        }

        return contacts;
    }

    /// <summary>A name as it is kept: one line, without signs that nobody sees; null where nothing is left.</summary>
    public static string? Line(string? text)
    {
        var seen = string.Concat((text ?? "").Select(letter => char.IsControl(letter) ? ' ' : letter));
        var line = string.Join(' ', seen.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return line.Length == 0 ? null : line;
    }

    /// <summary>The digits of a text that is written like a number, without the national zero in front; null for any other text.</summary>
    public static string? Digits(string text)
    {
        var clean = NumberText.Clean(text);
        if (!NumberText.IsWrittenAsNumber(clean))
            return null;

        var digits = new string([.. clean.Where(char.IsAsciiDigit)]).TrimStart('0');
        return digits.Length >= FewestDigits ? digits : null;
    }

    private static string[] Words(string text) => text.ToLowerInvariant().Split(Gaps, StringSplitOptions.RemoveEmptyEntries);

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
