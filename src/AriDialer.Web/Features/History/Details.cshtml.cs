using System.ComponentModel.DataAnnotations;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Dialing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.History;

[Authorize(Policy = Policies.Agent)]
internal sealed class DetailsModel(
    CallLog log, Colleagues colleagues, TelephoneNumbers numbers, TimeProvider time, IOptions<DialingOptions> dialing) : PageModel
{
    public CallRecord Call { get; private set; } = null!;

    public CallText Words { get; private set; } = null!;

    [Display(Name = "A note of yours")]
    [MaxLength(CallNote.TextLength)]
    public string? Text { get; set; }

    public async Task<IActionResult> OnGetAsync(string id) => await FindAsync(id) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(
        string id,
        [Required(ErrorMessage = "Write something first.")]
        [StringLength(CallNote.TextLength, ErrorMessage = "A note may be 2000 letters long.")]
        string text)
    {
        Text = text;
        if (!await FindAsync(id))
            return NotFound();

        if (!ModelState.IsValid || string.IsNullOrWhiteSpace(text))
            return Page();

        await log.AddNoteAsync(new CallNote { CallId = Call.Id, AuthorId = User.UserId(), Text = text.Trim(), WrittenAt = time.GetUtcNow() });
        return Redirect($"/history/{Uri.EscapeDataString(Call.Id)}");
    }

    private async Task<bool> FindAsync(string id)
    {
        if (await log.FindAsync(User, id) is not { } call)
            return false;

        Call = call;
        var me = await colleagues.ByIdAsync(User.UserId(), HttpContext.RequestAborted);
        Words = new CallText(numbers, me?.Region ?? dialing.Value.DefaultRegion);
        return true;
    }
}
