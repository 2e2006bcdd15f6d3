using System.ComponentModel.DataAnnotations;
using AriDialer.Calls.Routing;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Dialing;

/// <summary>A place of the dialplan to which calls can be transferred by its name (section <c>Dialing:Places</c>).</summary>
internal sealed class NamedPlace
{
    /// <summary>What people type.</summary>
    public string Name { get; set; } = "";

    public string Context { get; set; } = "";

    public string Extension { get; set; } = "s";

    public int Priority { get; set; } = 1;

    /// <summary>The name as pages send it: it cannot be taken for a number or a person.</summary>
    public string Dial => DialplanPlaces.Prefix + Slug;

    private string Slug => string.Join('-', new string([.. Name.Select(letter => char.IsLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : ' ')])
        .Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public DialplanPlace ToDialplan() => new(Context, Extension, Priority);

    public static IEnumerable<ValidationResult> Check(IReadOnlyCollection<NamedPlace> places)
    {
        foreach (var place in places)
        {
            if (place.Slug.Length is 0 or > 60)
                yield return new ValidationResult("Dialing:Places: each place needs a Name of 1 to 60 letters.");
            if (NumberText.IsWrittenAsNumber(place.Name))
                yield return new ValidationResult($"Dialing:Places: the name {place.Name} would be read as a telephone number.");
            if (!IsWord(place.Context) || !IsWord(place.Extension) || place.Priority < 1)
                yield return new ValidationResult($"Dialing:Places: {place.Name} needs a Context and an Extension of the dialplan, and a Priority from 1.");
        }

        foreach (var twice in places.GroupBy(place => place.Slug).Where(same => same.Count() > 1))
        {
            yield return new ValidationResult($"Dialing:Places: {twice.First().Name} is there twice.");
        }
    }

    private static bool IsWord(string text) =>
        text.Length is > 0 and <= 80 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '+' or '*' or '#' or '.');
}

/// <summary>Finds places of the dialplan by their names.</summary>
internal sealed class DialplanPlaces(IOptions<DialingOptions> dialing)
{
    /// <summary>Begins what a page sends for a place.</summary>
    public const string Prefix = "place-";

    private IReadOnlyList<NamedPlace> All => dialing.Value.Places;

    /// <summary>The place that is called so, or that a page means; null where there is none.</summary>
    public NamedPlace? Find(string text) => All.FirstOrDefault(place =>
        string.Equals(place.Name, text.Trim(), StringComparison.OrdinalIgnoreCase) || place.Dial == text);

    /// <summary>The only place whose name begins so; null where there is none or more than one.</summary>
    public NamedPlace? Guess(string text) =>
        All.Where(place => place.Name.StartsWith(text.Trim(), StringComparison.OrdinalIgnoreCase)).Take(2).ToArray() is [var only] ? only : null;
}
