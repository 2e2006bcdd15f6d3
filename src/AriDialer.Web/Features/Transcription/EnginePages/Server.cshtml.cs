using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Transcription.Engines;
using AriDialer.Web.Features.Transcription.Servers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AriDialer.Web.Features.Transcription.EnginePages;

/// <summary>Sets up a server with models. Its key goes in, and never out again.</summary>
[Authorize(Policy = Policies.Administrator)]
internal sealed class ServerModel(EngineSettings settings, EngineDesk desk) : PageModel
{
    public ServerKind Kind { get; private set; } = ServerKind.OpenAI;

    public ServerInput Input { get; private set; } = new();

    public bool HasKey => settings.Of(Kind).Key is not null;

    public bool IsAzure => Kind == ServerKind.Azure;

    public IActionResult OnGet(string id)
    {
        if (!Find(id))
            return NotFound();

        Input = ServerInput.Of(settings.Of(Kind));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id, [Bind(Prefix = "Input")] ServerInput input)
    {
        if (!Find(id))
            return NotFound();

        Input = input;
        if (!input.TryRead(Kind, ModelState, out var account))
            return Page();

        var keptKey = await desk.SaveServerAsync(account, input.ForgetKey, User.UserId());
        TempData["Message"] = $"Saved: {Kind.Name}.";
        if (!keptKey)
            TempData["Warning"] = "The API key was not kept, as it was given for another server. Set up this one once more with its key.";
        else if (new ServerAddress(account.Address, null).IsOpen)
            TempData["Warning"] = "This address begins with http://: what is said, and the key, can be read on the way there. Use https:// where you can.";
        return RedirectToPage("Engines");
    }

    private bool Find(string id)
    {
        var kind = ServerKind.All.FirstOrDefault(one => one.Id == id);
        Kind = kind ?? Kind;
        return kind is not null;
    }
}
