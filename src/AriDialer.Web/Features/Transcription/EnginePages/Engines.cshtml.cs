using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Recording.Rules;
using AriDialer.Web.Features.Transcription.Engines;
using AriDialer.Web.Features.Transcription.Servers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AriDialer.Web.Features.Transcription.EnginePages;

/// <summary>The speech engines that there are, how they are, and which of them listens to which calls.</summary>
[Authorize(Policy = Policies.Administrator)]
internal sealed class EnginesModel(
    TranscriptionEngines engines, EngineSettings settings, EngineDesk desk, ServerTrial trial, NumberBeginnings numbers) : PageModel
{
    public IReadOnlyList<ITranscriber> Engines => engines.All;

    public IReadOnlyList<EngineRuleEntry> Rules => settings.Rules;

    /// <summary>What came of the last try; nothing where nothing was tried.</summary>
    public IReadOnlyList<TrialResult> Trial { get; private set; } = [];

    /// <summary>The account of an engine that is a server; null for one of this machine.</summary>
    public ModelAccount? AccountOf(ITranscriber engine) => ServerKind.All.FirstOrDefault(kind => kind.Id == engine.Id) is { } kind ? settings.Of(kind) : null;

    public ITranscriber EngineOf(EngineRuleEntry rule) => engines.Find(rule.EngineId);

    public string CallsOf(EngineRuleEntry rule) => rule.NumberBegins switch
    {
        "" => settings.Rules.Count == 1 ? "All calls" : "All other calls",
        var begins when numbers.CountryOf(begins) is { } country => $"Calls with {begins}… ({country})",
        var begins => $"Calls with {begins}…",
    };

    /// <summary>What of an engine people should know, in words.</summary>
    public static string WhatItCan(ITranscriber engine)
    {
        var can = engine.Capabilities;
        return string.Join(", ", new[]
        {
            can.Languages is { } languages ? string.Join(", ", languages.Select(SpeechLanguages.NameOf)) : "many languages",
            can.Interim ? "words while somebody speaks" : "words behind each sentence",
            can.LeavesMachine ? "what is said is sent to that server" : "what is said stays on this machine",
            $"at most {can.LiveVoices} voices live",
        });
    }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostTryAsync(string? id, CancellationToken cancellationToken)
    {
        if (ServerKind.All.FirstOrDefault(one => one.Id == id) is not { } kind)
            return NotFound();

        await desk.NoteTryAsync(kind, User.UserId());
        Trial = await trial.RunAsync(kind, cancellationToken);
        return Page();
    }
}
