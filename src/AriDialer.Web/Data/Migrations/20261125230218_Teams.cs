using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AriDialer.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class Teams : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "TeamId",
                table: "Calls",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TeamName",
                table: "Calls",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Teams",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 36, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    WhenUnanswered_Number = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    WhenUnanswered_To = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    WhenUnanswered_UserId = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Teams", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "TeamMembers",
                columns: table => new
                {
                    TeamId = table.Column<string>(type: "TEXT", nullable: false),
                    UserId = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TeamMembers", x => new { x.TeamId, x.UserId });
                    table.ForeignKey(
                        name: "FK_TeamMembers_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_TeamMembers_Teams_TeamId",
                        column: x => x.TeamId,
                        principalTable: "Teams",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            // With AddForeignKey the table would be copied, which SQLite cannot do within the migration's transaction.
            migrationBuilder.Sql(
                """
                ALTER TABLE "RecordingRules" ADD COLUMN "TeamId" TEXT NULL
                    CONSTRAINT "FK_RecordingRules_Teams_TeamId" REFERENCES "Teams" ("Id") ON DELETE CASCADE;
                """);

            migrationBuilder.CreateIndex(
                name: "IX_RecordingRules_TeamId",
                table: "RecordingRules",
                column: "TeamId");

            migrationBuilder.CreateIndex(
                name: "IX_Calls_TeamId_StartedAt",
                table: "Calls",
                columns: new[] { "TeamId", "StartedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_TeamMembers_UserId",
                table: "TeamMembers",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_Teams_Number",
                table: "Teams",
                column: "Number",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_RecordingRules_Teams_TeamId",
                table: "RecordingRules");

            migrationBuilder.DropTable(
                name: "TeamMembers");

            migrationBuilder.DropTable(
                name: "Teams");

            migrationBuilder.DropIndex(
                name: "IX_RecordingRules_TeamId",
                table: "RecordingRules");

            migrationBuilder.DropIndex(
                name: "IX_Calls_TeamId_StartedAt",
                table: "Calls");

            migrationBuilder.DropColumn(
                name: "TeamId",
                table: "RecordingRules");

            migrationBuilder.DropColumn(
                name: "TeamId",
                table: "Calls");

            migrationBuilder.DropColumn(
                name: "TeamName",
                table: "Calls");
        }
    }
}
