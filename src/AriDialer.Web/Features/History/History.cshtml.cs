using System.Globalization;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Contacts;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Features.Transcription.Keywords;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.History;

[Authorize(Policy = Policies.Agent)]
internal sealed class HistoryModel(
    CallLog log, AppDbContext database, Names names, TelephoneNumbers numbers, FlaggedCalls flagged, IOptions<DialingOptions> dialing) : PageModel
{
    public HistoryFilter Filter { get; private set; } = new();

    public IReadOnlyList<CallRecord> Calls { get; private set; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> People { get; private set; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Teams { get; private set; } = [];

    /// <summary>The calls of this page that rang here too, and that somebody else answered.</summary>
    public IReadOnlySet<string> AnsweredElsewhere { get; private set; } = new HashSet<string>();

    public CallText Words { get; private set; } = null!;

    /// <summary>What was flagged, by the calls' ids: of those in which something was.</summary>
    public IReadOnlyDictionary<string, FlaggedCall> Flags { get; private set; } = new Dictionary<string, FlaggedCall>();

    public int Number { get; private set; }

    public int Pages { get; private set; }

    public int Total { get; private set; }

    public bool SeesAll => User.SeesAll();

    public Dictionary<string, string> RouteTo(int page)
    {
        var route = Filter.ToRoute();
        route["p"] = page.ToString(CultureInfo.InvariantCulture);
        return route;
    }

    public async Task OnGetAsync([FromQuery] HistoryFilter filter, [FromQuery(Name = "p")] int page = 1)
    {
        Filter = filter;
        var me = await database.Users.AsNoTracking().FirstOrDefaultAsync(user => user.Id == User.UserId());
        Words = new CallText(numbers, me?.Region ?? dialing.Value.DefaultRegion);
        if (SeesAll)
        {
            People = await database.Users.OrderBy(user => user.DisplayName)
                .Select(user => new KeyValuePair<string, string>(user.Id, user.DisplayName)).ToListAsync();
        }

        Teams = await database.Teams.OrderBy(team => team.Name).Select(team => new KeyValuePair<string, string>(team.Id, team.Name)).ToListAsync();
        var calls = filter.Flagged ? flagged.Of(log.Find(User, filter), User) : log.Find(User, filter);
        Total = await calls.CountAsync();
        Pages = (Total + CallLog.PageSize - 1) / CallLog.PageSize;
        Number = Math.Clamp(page, 1, Math.Max(1, Pages));
        Calls = await CallLog.Newest(calls).Skip((Number - 1) * CallLog.PageSize).Take(CallLog.PageSize).ToListAsync();
        Flags = await flagged.ReadAsync(User, Calls, HttpContext.RequestAborted);
        AnsweredElsewhere = await log.AnsweredElsewhereAsync(User.UserId(), Calls);
        await Words.RecogniseAsync(User.UserId(), names, Calls);
    }
}
