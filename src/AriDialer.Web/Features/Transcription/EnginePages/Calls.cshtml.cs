using System.ComponentModel.DataAnnotations;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Recording.Rules;
using AriDialer.Web.Features.Transcription.Engines;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AriDialer.Web.Features.Transcription.EnginePages;

/// <summary>Says what listens to calls with some numbers, or to all others.</summary>
[Authorize(Policy = Policies.Administrator)]
internal sealed class CallsModel(TranscriptionEngines engines, EngineSettings settings, EngineDesk desk, NumberBeginnings numbers) : PageModel
{
    public RuleInput Input { get; private set; } = new();

    /// <summary>The rule that is changed: its numbers' beginning, empty for all other calls; null for a new one.</summary>
    public string? Begins { get; private set; }

    public IEnumerable<SelectListItem> Engines => engines.All.Select(engine => new SelectListItem(engine.State.Name, engine.Id));

    public IActionResult OnGet(string? begins)
    {
        // An empty value of a query is bound as none at all.
        Begins = Request.Query.ContainsKey("begins") ? begins ?? "" : null;
        var rule = Begins is null ? settings.Rules[^1] : settings.Rules.FirstOrDefault(one => one.NumberBegins == Begins);
        if (rule is null)
            return NotFound();

        Input = new RuleInput { NumberBegins = Begins, Language = rule.Language, EngineId = rule.EngineId };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? begins, [Bind(Prefix = "Input")] RuleInput input)
    {
        Begins = Request.Query.ContainsKey("begins") ? begins ?? "" : null;
        Input = input;
        var numbersBegin = Begins ?? Read(input.NumberBegins);
        var engine = engines.All.FirstOrDefault(one => one.Id == input.EngineId);
        if (engine is null)
            ModelState.AddModelError("Input.EngineId", "Choose one of the list.");
        // What the configuration says may be a language that the list doesn't have.
        if (!SpeechLanguages.Has(input.Language) && settings.Rules.All(rule => rule.Language != input.Language))
            ModelState.AddModelError("Input.Language", "Choose one of the list.");
        else if (engine?.Capabilities.Languages is { } known && !known.Contains(input.Language))
            ModelState.AddModelError("Input.Language", $"{engine.State.Name} knows only {string.Join(", ", known.Select(SpeechLanguages.NameOf))}.");
        if (Begins is { Length: > 0 } && settings.Rules.All(rule => rule.NumberBegins != Begins))
            return NotFound();
        if (!ModelState.IsValid || numbersBegin is null)
            return Page();

        await desk.SaveRuleAsync(numbersBegin, input.Language!, engine!.Id, User.UserId());
        TempData["Message"] = "Saved. It counts from the next recording or sentence on.";
        return RedirectToPage("Engines");
    }

    private string? Read(string? typed)
    {
        var read = numbers.Read(typed ?? "");
        if (read.Sentence is { } sentence)
            ModelState.AddModelError("Input.NumberBegins", sentence);
        else if (settings.Rules.Any(rule => rule.NumberBegins == read.Begins))
            ModelState.AddModelError("Input.NumberBegins", $"There is a rule for {read.Begins} already: edit that one.");
        return read.Begins;
    }

    /// <summary>What the form holds.</summary>
    internal sealed class RuleInput
    {
        [Display(Name = "Country or beginning of the number")]
        [StringLength(80, ErrorMessage = "This is longer than a telephone number.")]
        public string? NumberBegins { get; set; }

        public string? Language { get; set; }

        [Display(Name = "Engine")]
        public string? EngineId { get; set; }
    }
}
