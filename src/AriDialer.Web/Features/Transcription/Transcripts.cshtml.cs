using System.Globalization;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.History;
using AriDialer.Web.Features.Recording;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Transcription;

/// <summary>Finds the calls in which something was said, and leads to the moment.</summary>
[Authorize(Policy = Policies.Agent)]
internal sealed class TranscriptsModel(
    TranscriptSearch search, TranscriptDesk desk, RecordingShelf recordings, ReadEngineState engine, IOptions<TranscriptOptions> options) : PageModel
{
    public string Typed { get; private set; } = "";

    /// <summary>Null where nothing was searched for.</summary>
    public TranscriptFinds? Finds { get; private set; }

    public CallText Words { get; private set; } = null!;

    /// <summary>Something can be found at all.</summary>
    public bool HasAny { get; private set; }

    public bool SeesAll => User.SeesAll();

    /// <summary>Why there is nothing to be searched.</summary>
    public string NothingSentence => (recordings.MayListen(User), options.Value.Enabled, engine(null)) switch
    {
        (false, _, _) => "Transcripts are for those who may listen to recordings, which agents may not here.",
        (_, false, _) => "Calls are not transcribed here: an administrator has turned it off.",
        (_, _, { IsThere: false } state) => state.Sentence ?? EngineState.None.Sentence!,
        _ => "Once a recorded call is over, what was said in it is written down and can be found here.",
    };

    public Dictionary<string, string> RouteTo(int page) => new() { ["q"] = Typed, ["p"] = page.ToString(CultureInfo.InvariantCulture) };

    public async Task OnGetAsync([FromQuery(Name = "q")] string? text, [FromQuery(Name = "p")] int page = 1)
    {
        var aborted = HttpContext.RequestAborted;
        Typed = text ?? "";
        HasAny = await search.HasAnyAsync(User, aborted);
        if (HasAny && SearchPhrase.Of(text) is { } phrase)
            Finds = await search.FindAsync(User, phrase, page, aborted);
        Words = await desk.WordsAsync(User, [.. (Finds?.Calls ?? []).Select(find => find.Call)], aborted);
    }
}
