using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording.Audio;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AriDialer.Web.Features.Transcription.Keywords;

/// <summary>What the fields of keywords need to be shown.</summary>
internal sealed record KeywordForm(KeywordInput Input, IReadOnlyList<Team> Teams, bool IsOne)
{
    public static IReadOnlyList<SelectListItem> Tones { get; } =
    [
        new("Watch: somebody wants to know of it", nameof(KeywordTone.Watch)),
        new("Risk: somebody should look at the call", nameof(KeywordTone.Risk)),
        new("Good: as it should be", nameof(KeywordTone.Good)),
    ];

    public static IReadOnlyList<SelectListItem> Sides { get; } =
    [
        new(KeywordWords.Of(RecordingSide.Left), nameof(RecordingSide.Left)),
        new(KeywordWords.Of(RecordingSide.Right), nameof(RecordingSide.Right)),
    ];

    public IEnumerable<SelectListItem> TeamItems => Teams.Select(team => new SelectListItem(team.Name, team.Id));
}
