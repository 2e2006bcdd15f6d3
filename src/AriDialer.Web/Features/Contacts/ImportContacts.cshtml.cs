using System.ComponentModel.DataAnnotations;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Dialing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Contacts;

/// <summary>Takes contacts from a file: the good lines at once, and says what is wrong with each of the others.</summary>
[Authorize(Policy = Policies.Agent)]
[RequestSizeLimit(LongestRequest)]
internal sealed class ImportContactsModel(
    ContactDesk desk, Colleagues colleagues, TelephoneNumbers numbers, IOptions<DialingOptions> dialing) : PageModel
{
    /// <summary>The most bad lines that the page lists.</summary>
    public const int MostShown = 100;

    private const int LongestFile = 1024 * 1024;

    // A file that is too long by far is read that far only to be refused with a sentence.
    private const int LongestRequest = 16 * 1024 * 1024;

    [Display(Name = "Table (CSV)")]
    public IFormFile? Table { get; set; }

    [Display(Name = "Share all of them with everybody here")]
    public bool AreShared { get; set; }

    public string? Outcome { get; private set; }

    public IReadOnlyList<BadLine> BadLines { get; private set; } = [];

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(IFormFile? table, bool areShared)
    {
        AreShared = areShared;
        if (table is not { Length: > 0 and <= LongestFile })
            return Refuse(table is not { Length: > 0 } ? "Choose a file that is not empty." : "This file is larger than 1 MB. Divide it into several.");

        using var bytes = new MemoryStream();
        await table.CopyToAsync(bytes, HttpContext.RequestAborted);
        var me = await colleagues.ByIdAsync(User.UserId(), HttpContext.RequestAborted);
        var read = ContactCsv.Read(bytes.ToArray(), areShared, numbers, me?.Region ?? dialing.Value.DefaultRegion);
        if (read.Refusal is not null)
            return Refuse(read.Refusal);

        if (await desk.AddNewAsync(User.UserId(), read.Contacts) is not { } added)
            return Refuse(ContactDesk.Full);

        BadLines = read.BadLines;
        Outcome = Sentence(added, read.Contacts.Count - added, read.BadLines.Count);
        return Page();
    }

    private static string Sentence(int added, int known, int bad) =>
        $"{Count(added, "contact was", "contacts were")} added."
        + (known == 0 ? "" : $" {Count(known, "was", "were")} there already.")
        + (bad == 0 ? "" : $" {Count(bad, "line was", "lines were")} not taken.");

    private static string Count(int count, string one, string many) => $"{count} {(count == 1 ? one : many)}";

    private PageResult Refuse(string sentence)
    {
        ModelState.AddModelError(nameof(Table), sentence);
        return Page();
    }
}
