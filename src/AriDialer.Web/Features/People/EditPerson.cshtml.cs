using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Features.Teams;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.People;

[Authorize(Policy = Policies.Administrator)]
internal sealed class EditPersonModel(
    PeopleDesk desk,
    PersonDevices devices,
    UserManager<AppUser> users,
    TelephoneNumbers numbers,
    TeamBook teams,
    TeamDesk teamDesk,
    IOptions<DialingOptions> dialing,
    IOptions<AccountOptions> account) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public AppUser Person { get; private set; } = null!;

    public PersonInput Input { get; set; } = new();

    public PersonForm Form => new(Input, RegionChoices.For(dialing.Value.DefaultRegion));

    /// <summary>The teams that this person is in.</summary>
    public IReadOnlyList<Team> Teams { get; private set; } = [];

    public IReadOnlyList<PersonDevices.Device> Devices { get; private set; } = [];

    /// <summary>How many passkeys and desk phones, in words.</summary>
    public string DevicesInWords => PersonDevices.Describe(Devices.Count(device => device.IsPasskey), Devices.Count(device => !device.IsPasskey));

    public bool IsMyself => Person.Id == User.UserId();

    public string LinkLasts => account.Value.LinkLasts switch
    {
        { TotalHours: >= 48 } days => $"{days.TotalDays:0} days",
        { TotalMinutes: >= 120 } hours => $"{hours.TotalHours:0} hours",
        var minutes => $"{minutes.TotalMinutes:0} minutes",
    };

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await users.FindByIdAsync(Id.ToString("D")) is not { } person)
        {
            context.Result = NotFound();
            return;
        }

        Person = person;
        Teams = await teamDesk.OfPersonAsync(person.Id, HttpContext.RequestAborted);
        Devices = await devices.OfAsync(person, HttpContext.RequestAborted);
        await next();
    }

    public async Task OnGetAsync() => Input = PersonInput.Of(Person, await users.GetRolesAsync(Person));

    public async Task<IActionResult> OnPostAsync([Bind(Prefix = nameof(Input))] PersonInput input)
    {
        Input = input;
        if (!ModelState.IsValid || !await input.TryApplyAsync(Person, numbers, teams, dialing.Value.DefaultRegion, users, ModelState))
            return Page();

        var result = await desk.SaveAsync(Person, input.Roles, User.UserId());
        if (!result.Succeeded)
        {
            result.AddTo(ModelState);
            return Page();
        }

        return Done("Saved.");
    }

    public async Task<IActionResult> OnPostLinkAsync()
    {
        if (!Person.Disabled)
            TempData["Link"] = await desk.IssueLinkAsync(Person, Request, User.UserId());

        return Redirect($"/people/{Person.Id}");
    }

    public async Task<IActionResult> OnPostEnableAsync()
    {
        await desk.EnableAsync(Person, User.UserId());
        return Done($"{Person.DisplayName} can sign in again.");
    }

    public async Task<IActionResult> OnPostRemovePasskeyAsync(string? device) =>
        Removed("passkey", await devices.RemovePasskeyAsync(Person, device, User.UserId()));

    public async Task<IActionResult> OnPostRemovePhoneAsync(string? device) =>
        Removed("desk phone", await devices.RemovePhoneAsync(Person, device, User.UserId()));

    private RedirectResult Removed(string what, string? name) =>
        name is null ? Redirect($"/people/{Person.Id}") : Done($"The {what} {name} of {Person.DisplayName} is removed.");

    private RedirectResult Done(string message)
    {
        TempData["Message"] = message;
        return Redirect($"/people/{Person.Id}");
    }
}
