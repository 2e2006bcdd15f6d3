using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AriDialer.Web.Features.Contacts;

/// <summary>Asks before a contact is gone.</summary>
[Authorize(Policy = Policies.Agent)]
internal sealed class DeleteContactModel(ContactBook book, ContactDesk desk) : PageModel
{
    public Contact Contact { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long id) => await FindAsync(id) ?? Page();

    public async Task<IActionResult> OnPostAsync(long id)
    {
        if (await FindAsync(id) is { } refusal)
            return refusal;

        await desk.DeleteAsync(Contact);
        TempData["Message"] = $"{Contact.Name} is deleted.";
        return RedirectToPage("Contacts");
    }

    private async Task<IActionResult?> FindAsync(long id)
    {
        if (await book.FindAsync(User.UserId(), id, HttpContext.RequestAborted) is not { } contact)
            return NotFound();

        Contact = contact;
        return ContactBook.MayChange(contact, User) ? null : Forbid();
    }
}
