using AriDialer.Ari;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Features.History;
using AriDialer.Web.Features.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Voicemail;

/// <summary>A person's messages, and the greeting that callers hear.</summary>
[Authorize(Policy = Policies.Agent)]
[ResponseCache(NoStore = true)]
internal sealed class VoicemailModel(
    Mailbox mailbox,
    MailboxRoom room,
    PersonalGreeting greeting,
    CallRules rules,
    Colleagues colleagues,
    TelephoneNumbers numbers,
    AuditLog audit,
    IOptions<DialingOptions> dialing) : PageModel
{
    private string _region = "";

    public IReadOnlyList<VoicemailEntry> Messages { get; private set; } = [];

    public int Number { get; private set; } = 1;

    public int Pages { get; private set; }

    /// <summary>False where callers cannot leave a message.</summary>
    public bool IsOn { get; private set; }

    /// <summary>Whether another message could be left.</summary>
    public MailboxState State { get; private set; }

    public DateTimeOffset? GreetingAt { get; private set; }

    public async Task OnGetAsync(int? number, CancellationToken cancellationToken)
    {
        var me = await colleagues.ByIdAsync(User.UserId(), cancellationToken);
        _region = me?.Region ?? dialing.Value.DefaultRegion;
        Pages = (await mailbox.CountAsync(User.UserId(), cancellationToken) + Mailbox.PageSize - 1) / Mailbox.PageSize;
        Number = Math.Clamp(number ?? 1, 1, Math.Max(Pages, 1));
        Messages = await mailbox.ReadAsync(User.UserId(), Number, cancellationToken);
        var wishes = await rules.OfAsync(User.UserId(), cancellationToken);
        (IsOn, GreetingAt) = (wishes.Voicemail, wishes.GreetingAt);
        State = await room.OfAsync(User.UserId(), cancellationToken);
    }

    /// <summary>Who left it: a name and a number, whichever are known.</summary>
    public (string Main, string? Sub) Who(VoicemailEntry entry)
    {
        var written = entry.CallerNumber is { } number ? numbers.Format(number, _region) : null;
        return entry.CallerName is { } name ? (name, written) : (written ?? "Unknown number", null);
    }

    public static string Length(VoicemailEntry entry) => CallText.Duration(TimeSpan.FromSeconds(entry.Seconds));

    public async Task<IActionResult> OnPostHeardAsync(string? id, CancellationToken cancellationToken)
    {
        await mailbox.MarkAsync(User.UserId(), id ?? "", isHeard: true, cancellationToken);
        return Redirect("/voicemail");
    }

    public async Task<IActionResult> OnPostUnheardAsync(string? id, CancellationToken cancellationToken)
    {
        await mailbox.MarkAsync(User.UserId(), id ?? "", isHeard: false, cancellationToken);
        return Redirect("/voicemail");
    }

    public async Task<IActionResult> OnPostDeleteAsync(string? id, CancellationToken cancellationToken)
    {
        if (await mailbox.FindAsync(User.UserId(), id ?? "", cancellationToken) is { } entry
            && await mailbox.DeleteAsync(User.UserId(), entry.Id, cancellationToken))
        {
            await audit.WriteAsync(User.UserId(), AuditActions.VoicemailDeleted, User.UserId(), $"call {entry.CallId}");
            TempData["Deleted"] = entry.Id;
        }

        return Redirect("/voicemail");
    }

    public async Task<IActionResult> OnPostRestoreAsync(string? id, CancellationToken cancellationToken)
    {
        TempData["Message"] = await mailbox.RestoreAsync(User.UserId(), id ?? "", cancellationToken)
            ? "The message is back."
            : "It is too late: the message is gone.";
        return Redirect("/voicemail");
    }

    public async Task<IActionResult> OnPostDeleteGreetingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await greeting.DeleteAsync(User.UserId(), cancellationToken);
            TempData["Message"] = "Your greeting is deleted. Callers hear the usual one.";
        }
        catch (AriException)
        {
            TempData["Message"] = "Callers hear the usual greeting. Yours is deleted as soon as the telephone system answers.";
        }

        return Redirect("/voicemail");
    }
}
