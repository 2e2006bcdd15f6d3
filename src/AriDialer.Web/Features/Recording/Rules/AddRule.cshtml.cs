using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AriDialer.Web.Features.Recording.Rules;

/// <summary>Adds a rule.</summary>
[Authorize(Policy = Policies.Administrator)]
internal sealed class AddRuleModel(RuleDesk desk, NumberBeginnings numbers, AppDbContext database) : PageModel
{
    public RuleForm Form { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Form = await RuleForm.OfAsync(new RuleInput(), database, cancellationToken);

    public async Task<IActionResult> OnPostAsync([Bind(Prefix = "Input")] RuleInput input, CancellationToken cancellationToken)
    {
        Form = await RuleForm.OfAsync(input, database, cancellationToken);
        if (!input.TryRead(numbers, Form, ModelState))
            return Page();

        var rule = new RecordingRuleEntry();
        input.ApplyTo(rule);
        await desk.AddAsync(rule, User.UserId());
        TempData["Message"] = "The rule is added.";
        return RedirectToPage("Rules");
    }
}
