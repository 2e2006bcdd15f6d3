using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Contacts;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Features.History;
using AriDialer.Web.Features.Recording.Rules;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Recording.Retention;

/// <summary>Shows what would be let go, before it is.</summary>
[Authorize(Policy = Policies.Administrator)]
internal sealed class RetentionModel(
    RetentionViews views,
    RuleText rules,
    Colleagues colleagues,
    Names names,
    TelephoneNumbers numbers,
    TimeProvider time,
    IOptions<DialingOptions> dialing,
    IOptions<RetentionOptions> retention) : PageModel
{
    public RetentionList List { get; private set; }

    public RetentionView View { get; private set; } = null!;

    public CallText Calls { get; private set; } = null!;

    public RuleText Rules => rules;

    public int Number { get; private set; }

    public int Pages { get; private set; }

    /// <summary>When the next sweep is; null where the setting names no moment that will ever come.</summary>
    public DateTimeOffset? NextAt { get; private set; }

    public RecordingSum SumOf(RetentionList list) => View.Sums.GetValueOrDefault(list);

    public static string Title(RetentionList list) => list switch
    {
        RetentionList.Now => "Now",
        RetentionList.Soon => $"In the next {RetentionViews.SoonDays} days",
        _ => "Under legal hold",
    };

    public async Task<IActionResult> OnGetAsync(
        CancellationToken cancellationToken, [FromQuery(Name = "list")] RetentionList list = RetentionList.Now, [FromQuery(Name = "p")] int page = 1)
    {
        List = Enum.IsDefined(list) ? list : RetentionList.Now;
        Number = Math.Max(1, page);
        View = await views.ReadAsync(List, (Number - 1) * CallLog.PageSize, CallLog.PageSize, cancellationToken);
        Pages = Math.Max(1, (SumOf(List).Count + CallLog.PageSize - 1) / CallLog.PageSize);
        if (Number > Pages)
            return RedirectToPage(new { list = List, p = Pages });

        NextAt = retention.Value.ToSchedule(time).GetNextValidTimeAfter(time.GetUtcNow());
        var me = await colleagues.ByIdAsync(User.UserId(), cancellationToken);
        Calls = new CallText(numbers, me?.Region ?? dialing.Value.DefaultRegion);
        await Calls.RecogniseAsync(User.UserId(), names, View.Lines.Select(line => line.Recording.Call));
        return Page();
    }
}
