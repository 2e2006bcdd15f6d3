using System.ComponentModel.DataAnnotations;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording.Audio;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace AriDialer.Web.Features.Transcription.Keywords;

/// <summary>What the form of keywords holds: one phrase when one is changed, any number when they are added.</summary>
internal sealed class KeywordInput
{
    /// <summary>So many at once.</summary>
    public const int MostLines = 200;

    public const int LongestText = MostLines * (KeywordEntry.PhraseLength + 2);

    [StringLength(LongestText, ErrorMessage = "This is too much at once. Add the phrases in several steps.")]
    public string? Phrases { get; set; }

    [Display(Name = "What it means")]
    public KeywordTone Tone { get; set; } = KeywordTone.Watch;

    [Display(Name = "Said by")]
    public RecordingSide? Side { get; set; }

    [Display(Name = "In the calls of")]
    public string? Team { get; set; }

    public static KeywordInput Of(KeywordEntry keyword) => new() { Phrases = keyword.Phrase, Tone = keyword.Tone, Side = keyword.Side, Team = keyword.TeamId };

    /// <summary>Makes of what was typed what is stored, or says beside the field what is wrong.</summary>
    /// <param name="one">There must be one phrase, and not several.</param>
    /// <param name="teams">The teams' ids.</param>
    /// <param name="others">The keywords that are there besides.</param>
    /// <param name="modelState">Where it is said.</param>
    public List<KeywordEntry> Read(bool one, IEnumerable<string> teams, IReadOnlyCollection<KeywordEntry> others, ModelStateDictionary modelState)
    {
        Team = string.IsNullOrEmpty(Team) ? null : Team;
        if (Team is not null && !teams.Contains(Team))
            modelState.AddModelError($"Input.{nameof(Team)}", "Choose one of the list.");

        var phrases = (Phrases ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var known = others.Where(keyword => keyword.TeamId == Team && keyword.Side == Side).Select(keyword => Compared(keyword.Phrase)).ToHashSet();
        var sentence = phrases.Length switch
        {
            0 => "Type what to watch for.",
            > 1 when one => "Type one phrase.",
            > MostLines => $"These are {phrases.Length} phrases: add {MostLines} at a time.",
            _ when others.Count + phrases.Length > KeywordDesk.Most => $"There can be {KeywordDesk.Most} phrases. Delete some first.",
            _ => phrases.Select(phrase => ProblemOf(phrase, known)).FirstOrDefault(problem => problem is not null),
        };
        if (sentence is not null)
            modelState.AddModelError($"Input.{nameof(Phrases)}", sentence);
        return [.. phrases.Select(phrase => new KeywordEntry { Phrase = phrase, Tone = Tone, Side = Side, TeamId = Team })];
    }

    private static string? ProblemOf(string phrase, HashSet<string> known)
    {
        var words = SpokenWords.OfPhrase(phrase).ToList();
        return phrase.Length > KeywordEntry.PhraseLength ? $"A phrase may be {KeywordEntry.PhraseLength} letters long: “{phrase[..20]}…” is longer."
            : phrase.Any(char.IsControl) ? "A phrase is made of letters, digits, and what stands between them."
            : words.Count == 0 ? $"There is no word in “{phrase}”."
            : words.Find(word => word.EndsWith('*') && word.Length - 1 < KeywordTrie.ShortestBeginning) is not null
                ? $"Before a star there must be at least two letters: in “{phrase}” there are fewer."
            : !known.Add(Compared(phrase)) ? $"“{phrase}” is watched for already." : null;
    }

    private static string Compared(string phrase) => string.Join(' ', SpokenWords.OfPhrase(phrase));
}
