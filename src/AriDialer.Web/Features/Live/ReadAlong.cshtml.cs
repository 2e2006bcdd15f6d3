using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Contacts;
using AriDialer.Web.Features.Dialing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Live;

/// <summary>One call that goes on, with what is said in it as it is said.</summary>
[Authorize(Policy = Policies.Agent)]
internal sealed class ReadAlongModel(
    LiveReading reading, Colleagues colleagues, Names names, TelephoneNumbers numbers, IOptions<DialingOptions> dialing) : PageModel
{
    public CallView Call { get; private set; } = null!;

    /// <summary>Our side first.</summary>
    public (string Ours, string Theirs) Sides => Call.Direction == CallDirection.Inbound
        ? (NameOf(Call.To), NameOf(Call.From))
        : (NameOf(Call.From), NameOf(Call.To));

    public bool SeesAll => User.SeesAll();

    public async Task<IActionResult> OnGetAsync(string id)
    {
        // A call that is over has its page, with all that was said; who may not see it is told there.
        if (reading.Find(User, id) is not { } call)
            return Redirect($"/history/{Uri.EscapeDataString(id)}");

        var me = await colleagues.ByIdAsync(User.UserId(), HttpContext.RequestAborted);
        var views = new CallViews(numbers, User.UserId(), me?.Region ?? dialing.Value.DefaultRegion);
        await views.RecogniseAsync([call], names);
        Call = views.Of(call);
        return Page();
    }

    private static string NameOf(PartyView party) => party.Name ?? party.Display ?? "Unknown number";
}
