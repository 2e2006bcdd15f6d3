using AriDialer.Ari;
using AriDialer.Calls.Provisioning;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.People;
using AriDialer.Web.Features.Phones;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Profile;

/// <summary>The telephones on a person's desk. A password is shown once, on the page that made it.</summary>
[Authorize(Policy = Policies.Agent)]
[EnableRateLimiting(AccountFeature.AttemptsLimit)]
[ResponseCache(NoStore = true)]
internal sealed class PhonesModel(
    DeskPhones desks, SignInManager<AppUser> signIn, Provisioner provisioner, AuditLog audit, IOptions<AriOptions> asterisk) : PageModel
{
    /// <summary>The endpoint of the phone for which a new password is asked.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Renew { get; set; }

    public IReadOnlyList<(DeskPhone Phone, bool? IsRegistered)> Phones { get; private set; } = [];

    public DeskPhoneLogin? Login { get; private set; }

    /// <summary>What was typed as the name of a new phone.</summary>
    public string? Label { get; private set; }

    /// <summary>What is typed as the server, with the port where it is not SIP's own.</summary>
    public string Server { get; private set; } = "";

    public DeskPhone? Renewing => Login is null ? Phones.FirstOrDefault(row => row.Phone.Endpoint == Renew).Phone : null;

    public bool MayAdd => Phones.Count < DeskPhones.MostPhones;

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => ShowAsync(cancellationToken);

    public async Task<IActionResult> OnPostAddAsync(string? label, string? password, CancellationToken cancellationToken)
    {
        var given = label?.Trim() ?? "";
        Label = given;
        if (given.Length is 0 or > DeskPhone.LabelLength)
        {
            ModelState.AddModelError("", "Name the phone, in at most 40 letters: Desk, Kitchen.");
            return await ShowAsync(cancellationToken);
        }

        if (!await IsMyPasswordAsync(password))
            return await ShowAsync(cancellationToken);

        Login = await desks.AddAsync(User.UserId(), given, cancellationToken);
        if (Login is null)
            ModelState.AddModelError("", "You have as many phones as are allowed. Remove one first.");
        else
            await WriteAsync(AuditActions.DeskPhoneAdded, given);
        return await ShowAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostRenewAsync(string? password, CancellationToken cancellationToken)
    {
        if (!await IsMyPasswordAsync(password))
            return await ShowAsync(cancellationToken);

        Login = await desks.RenewAsync(User.UserId(), Renew ?? "", cancellationToken);
        if (Login is null)
            return RedirectToPage();

        await WriteAsync(AuditActions.DeskPhoneRenewed, Login.Label);
        return await ShowAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostRemoveAsync(string? endpoint, CancellationToken cancellationToken)
    {
        if (await desks.RemoveAsync(User.UserId(), endpoint ?? "", cancellationToken) is { } label)
        {
            await WriteAsync(AuditActions.DeskPhoneRemoved, label);
            TempData["Message"] = $"The phone {label} is removed.";
        }

        return RedirectToPage();
    }

    // What is typed into a telephone lets it call as its person, wherever it stands, until it is removed.
    private async Task<bool> IsMyPasswordAsync(string? password)
    {
        if (await signIn.UserManager.GetUserAsync(User) is { } user && await signIn.IsPasswordOfAsync(user, password))
            return true;

        ModelState.AddModelError("", CurrentPassword.Wrong);
        return false;
    }

    private Task WriteAsync(string action, string label) => audit.WriteAsync(User.UserId(), action, User.UserId(), label);

    private async Task<IActionResult> ShowAsync(CancellationToken cancellationToken)
    {
        var phones = await desks.OfAsync(User.UserId(), cancellationToken);
        try
        {
            Phones = [.. await Task.WhenAll(phones.Select(async phone =>
                (phone, (bool?)await provisioner.IsRegisteredAsync(phone.Endpoint, cancellationToken))))];
            Server = Named(await provisioner.FindSipServerAsync(cancellationToken));
        }
        catch (AriException)
        {
            Phones = [.. phones.Select(phone => (phone, (bool?)null))];
            Server = Named(new SipServer(null, SipServer.UsualPort));
        }

        return Page();
    }

    // An Asterisk that listens everywhere is found where this page is, unless it is on a machine of its own.
    private string Named(SipServer server)
    {
        var host = server.Host ?? (asterisk.Value.Url is { IsLoopback: false } far ? far.Host : Request.Host.Host);
        return server.Port == SipServer.UsualPort ? host : $"{host}:{server.Port}";
    }
}
