using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AriDialer.Web.Features.Recording.Rules;

/// <summary>Changes a rule.</summary>
[Authorize(Policy = Policies.Administrator)]
internal sealed class EditRuleModel(RuleDesk desk, NumberBeginnings numbers, AppDbContext database) : PageModel
{
    public RuleForm Form { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(id, cancellationToken) is not { } rule)
            return NotFound();

        Form = await RuleForm.OfAsync(RuleInput.Of(rule), database, cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, [Bind(Prefix = "Input")] RuleInput input, CancellationToken cancellationToken)
    {
        Form = await RuleForm.OfAsync(input, database, cancellationToken);
        if (!input.TryRead(numbers, Form, ModelState))
            return Page();

        if (!await desk.ChangeAsync(id, input.ApplyTo, User.UserId()))
            return NotFound();

        TempData["Message"] = "Saved.";
        return RedirectToPage("Rules");
    }
}
