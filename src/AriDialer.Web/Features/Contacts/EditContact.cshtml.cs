using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Dialing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Contacts;

/// <summary>One contact: to be changed by its owner, or by a supervisor where it is shared, and to be read by the others who see it.</summary>
[Authorize(Policy = Policies.Agent)]
internal sealed class EditContactModel(
    ContactBook book, ContactDesk desk, Colleagues colleagues, TelephoneNumbers numbers, IOptions<DialingOptions> dialing) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    public Contact Contact { get; private set; } = null!;

    public ContactInput Input { get; set; } = new();

    public bool MayChange => ContactBook.MayChange(Contact, User);

    public ContactForm Form => new(Input, MayChange, IsMine);

    public string Whose => !Contact.IsShared ? "Only you see this contact."
        : IsMine ? "Everybody here sees this contact."
        : $"Shared by {Contact.Owner?.DisplayName}.{(MayChange ? "" : " They and supervisors can change it.")}";

    private bool IsMine => Contact.OwnerId == User.UserId();

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await book.FindAsync(User.UserId(), Id, HttpContext.RequestAborted) is not { } contact)
        {
            context.Result = NotFound();
            return;
        }

        Contact = contact;
        await next();
    }

    public void OnGet()
    {
        Input = ContactInput.Of(Contact);
        if (MayChange)
            Input.AddEmptyNumbers();
    }

    public async Task<IActionResult> OnPostAsync([Bind(Prefix = nameof(Input))] ContactInput input)
    {
        if (!MayChange)
            return Forbid();

        Input = input;
        input.IsShared = IsMine ? input.IsShared : Contact.IsShared;
        var me = await colleagues.ByIdAsync(User.UserId(), HttpContext.RequestAborted);
        if (input.Read(numbers, me?.Region ?? dialing.Value.DefaultRegion, ModelState) is not { } draft)
        {
            input.AddEmptyNumbers();
            return Page();
        }

        await desk.ChangeAsync(Contact.Id, draft);
        TempData["Message"] = $"{draft.Name} is saved.";
        return RedirectToPage("Contacts");
    }
}
