using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Dialing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Contacts;

[Authorize(Policy = Policies.Agent)]
internal sealed class AddContactModel(
    ContactDesk desk, Colleagues colleagues, TelephoneNumbers numbers, IOptions<DialingOptions> dialing) : PageModel
{
    public ContactInput Input { get; set; } = new();

    public ContactForm Form => new(Input, MayChange: true, MayShare: true);

    /// <summary>The form, with a number and a name in it where a call's page sent them along.</summary>
    public void OnGet(string? number, string? name)
    {
        var most = Contact.NameLength;
        Input.Name = name is null ? "" : name.Length > most ? name[..most] : name;
        Input.Numbers = [number];
        Input.AddEmptyNumbers();
    }

    public async Task<IActionResult> OnPostAsync([Bind(Prefix = nameof(Input))] ContactInput input)
    {
        Input = input;
        var me = await colleagues.ByIdAsync(User.UserId(), HttpContext.RequestAborted);
        var draft = input.Read(numbers, me?.Region ?? dialing.Value.DefaultRegion, ModelState);
        if (draft is not null && await desk.AddAsync(User.UserId(), draft))
        {
            TempData["Message"] = $"{draft.Name} is in your contacts.";
            return RedirectToPage("Contacts");
        }

        if (draft is not null)
            ModelState.AddModelError("", ContactDesk.Full);

        input.AddEmptyNumbers();
        return Page();
    }
}
