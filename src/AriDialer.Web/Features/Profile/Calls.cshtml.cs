using System.ComponentModel.DataAnnotations;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Dialing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Profile;

/// <summary>How a person wants to be reached.</summary>
[Authorize(Policy = Policies.Agent)]
internal sealed class CallsModel(
    UserManager<AppUser> users, CallRules rules, ForwardReader forwards, TelephoneNumbers numbers, IOptions<DialingOptions> dialing) : PageModel
{
    public InputModel Input { get; set; } = new();

    public int HouseSeconds => (int)dialing.Value.RingFor.TotalSeconds;

    public IReadOnlyList<SelectListItem> Colleagues { get; private set; } = [];

    /// <summary>The three choices, each with its field's name, its title, and what it means that nothing is chosen.</summary>
    public IReadOnlyList<ForwardFields> Forwards =>
    [
        new(nameof(Input.Always), "Every call", "Off: calls ring here", Input.Always, Colleagues),
        new(nameof(Input.WhenBusy), "When I am busy or say no", "Off: a second call rings here too", Input.WhenBusy, Colleagues),
        new(nameof(Input.WhenUnanswered), "When I do not answer", "Off: nobody else is rung", Input.WhenUnanswered, Colleagues),
    ];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync() is not { } user)
            return Challenge();

        var wishes = await rules.OfAsync(user.Id, cancellationToken);
        Input = new InputModel
        {
            DoNotDisturb = user.DoNotDisturb,
            Always = ForwardInput.Of(wishes.Always, Write),
            WhenBusy = ForwardInput.Of(wishes.WhenBusy, Write),
            WhenUnanswered = ForwardInput.Of(wishes.WhenUnanswered, Write),
            RingSeconds = wishes.RingSeconds,
            Voicemail = wishes.Voicemail,
        };
        return Page();

        string Write(string number) => numbers.Format(number, user.Region ?? dialing.Value.DefaultRegion);
    }

    public async Task<IActionResult> OnPostAsync([Bind(Prefix = nameof(Input))] InputModel input, CancellationToken cancellationToken)
    {
        Input = input;
        if (await FindAsync() is not { } user)
            return Challenge();

        var always = await ReadAsync(nameof(Input.Always), input.Always, user.Id, cancellationToken);
        var whenBusy = await ReadAsync(nameof(Input.WhenBusy), input.WhenBusy, user.Id, cancellationToken);
        var whenUnanswered = await ReadAsync(nameof(Input.WhenUnanswered), input.WhenUnanswered, user.Id, cancellationToken);
        if (!ModelState.IsValid)
            return Page();

        await rules.ChangeAsync(
            user.Id,
            settings =>
            {
                (settings.Always, settings.WhenBusy, settings.WhenUnanswered) = (always, whenBusy, whenUnanswered);
                (settings.RingSeconds, settings.Voicemail) = (input.RingSeconds, input.Voicemail);
            },
            cancellationToken);
        user.DoNotDisturb = input.DoNotDisturb;
        (await users.UpdateAsync(user)).OrThrow("Do not disturb");
        TempData["Message"] = "Saved.";
        return RedirectToPage();
    }

    private async Task<CallForward> ReadAsync(string field, ForwardInput input, string userId, CancellationToken cancellationToken)
    {
        var (forward, sentence) = await forwards.ReadAsync(input, userId, Input.Voicemail, cancellationToken);
        if (sentence is not null)
            ModelState.AddModelError($"{nameof(Input)}.{field}.{nameof(ForwardInput.To)}", sentence);
        return forward ?? CallForward.Off;
    }

    private async Task<AppUser?> FindAsync()
    {
        var user = await users.GetUserAsync(User);
        Colleagues = user is null
            ? []
            : await users.Users.Where(other => other.Id != user.Id && !other.Disabled).OrderBy(other => other.DisplayName)
                .Select(other => new SelectListItem(other.DisplayName, other.Id)).ToListAsync();
        return user;
    }

    internal sealed class InputModel
    {
        [Display(Name = "Do not disturb")]
        public bool DoNotDisturb { get; set; }

        public ForwardInput Always { get; set; } = new();

        public ForwardInput WhenBusy { get; set; } = new();

        public ForwardInput WhenUnanswered { get; set; } = new();

        [Display(Name = "Ring for (seconds)")]
        [Range(CallSettings.ShortestRing, CallSettings.LongestRing, ErrorMessage = "Phones ring for 5 to 120 seconds.")]
        public int? RingSeconds { get; set; }

        [Display(Name = "Voicemail")]
        public bool Voicemail { get; set; }
    }
}

/// <summary>What the fields of one choice need to be shown.</summary>
internal sealed record ForwardFields(
    string Name, string Title, string OffText, ForwardInput Input, IReadOnlyList<SelectListItem> Colleagues);
